import type { Records } from "./backend.ts";
import { type Collection, collectionOf } from "./collection.ts";
import type { Instant } from "./lifecycle.ts";

export interface Image {
  readonly id: string;
  readonly name: string;
  /** GiB the flavor's disk must have at least. */
  readonly minDisk: number;
  /** MiB the flavor's memory must have at least. */
  readonly minRam: number;
  /** Bytes. */
  readonly size: number;
  readonly created: Instant;
}

const mebibytes = 1024 * 1024;

/** The images every installation begins with; the first has the id that Nova's own samples print. */
export const images: readonly Image[] = [
  {
    id: "70a599e0-31e7-49b7-b260-868f441e862b",
    name: "cirros-0.6.2-x86_64-disk",
    minDisk: 1,
    minRam: 128,
    size: 20 * mebibytes,
    created: Date.UTC(2023, 4, 30),
  },
  {
    id: "155d900f-4e14-4e4c-a73d-069cbf4541e6",
    name: "debian-12-generic-amd64",
    minDisk: 3,
    minRam: 512,
    size: 414 * mebibytes,
    created: Date.UTC(2025, 6, 15),
  },
  {
    id: "a440c04b-79fa-479c-bed1-0b816eaec379",
    name: "ubuntu-24.04-server-cloudimg-amd64",
    minDisk: 4,
    minRam: 512,
    size: 596 * mebibytes,
    created: Date.UTC(2025, 8, 2),
  },
];

/** The images there are now. */
export const imagesIn = (records: Records): Collection<Image> =>
  collectionOf(records, "IMAGES", images);

/** All of them where no name is asked for. */
export const named = (all: readonly Image[], name: string | null): Image[] =>
  all.filter((image) => name === null || image.name === name);
