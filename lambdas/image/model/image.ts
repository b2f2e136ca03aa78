import type { Instant } from "../../core/instant.ts";

/** Subset of Glance's states (glance/domain/__init__.py:121). */
export type ImageStatus = "queued" | "saving" | "uploading" | "active" | "deactivated";

export const visibilities = ["community", "public", "private", "shared"] as const;

export type Visibility = (typeof visibilities)[number];

export const memberStatuses = ["pending", "accepted", "rejected"] as const;

export type MemberStatus = (typeof memberStatuses)[number];

export interface Membership {
  readonly status: MemberStatus;
  readonly created: Instant;
  readonly updated: Instant;
}

export interface Image {
  readonly id: string;
  readonly name: string | null;
  readonly status: ImageStatus;
  /** Project id; null for seed images. */
  readonly owner: string | null;
  readonly visibility: Visibility;
  readonly protected: boolean;
  readonly hidden: boolean;
  /** GiB. */
  readonly minDisk: number;
  /** MiB. */
  readonly minRam: number;
  /** Bytes; null before an upload. */
  readonly size: number | null;
  readonly diskFormat: string | null;
  readonly containerFormat: string | null;
  /** MD5, hex. */
  readonly checksum: string | null;
  /** SHA-512, hex. */
  readonly hash: string | null;
  readonly tags: readonly string[];
  /** Custom properties. */
  readonly properties: Readonly<Record<string, string>>;
  /** By project id. */
  readonly members: Readonly<Record<string, Membership>>;
  readonly created: Instant;
  readonly updated: Instant;
  /** Simulated upload of a snapshot; size in bytes. */
  readonly upload?: { readonly begins: Instant; readonly ends: Instant; readonly size: number };
  /** Rotation time of a backup. */
  readonly until?: Instant;
}

export const mebibyte = 1024 * 1024;

/** glance/domain/__init__.py:82. */
export const imageDefaults = {
  name: null,
  status: "queued",
  visibility: "shared",
  protected: false,
  hidden: false,
  minDisk: 0,
  minRam: 0,
  size: null,
  diskFormat: null,
  containerFormat: null,
  checksum: null,
  hash: null,
  tags: [],
  properties: {},
  members: {},
} as const satisfies Partial<Image>;

export const newPublicImage = (
  image: Pick<Image, "id" | "name" | "minDisk" | "minRam" | "size" | "created">,
): Image => ({
  ...imageDefaults,
  ...image,
  status: "active",
  owner: null,
  visibility: "public",
  diskFormat: "qcow2",
  containerFormat: "bare",
  updated: image.created,
});

/** The first has the id of Nova's API samples. */
export const seedImages: readonly Image[] = [
  newPublicImage({
    id: "70a599e0-31e7-49b7-b260-868f441e862b",
    name: "cirros-0.6.2-x86_64-disk",
    minDisk: 1,
    minRam: 128,
    size: 20 * mebibyte,
    created: Date.UTC(2023, 4, 30),
  }),
  newPublicImage({
    id: "155d900f-4e14-4e4c-a73d-069cbf4541e6",
    name: "debian-12-generic-amd64",
    minDisk: 3,
    minRam: 512,
    size: 414 * mebibyte,
    created: Date.UTC(2025, 6, 15),
  }),
  newPublicImage({
    id: "a440c04b-79fa-479c-bed1-0b816eaec379",
    name: "ubuntu-24.04-server-cloudimg-amd64",
    minDisk: 4,
    minRam: 512,
    size: 596 * mebibyte,
    created: Date.UTC(2025, 8, 2),
  }),
];

/** Rotated backups are hidden before they are removed. */
export const isExpired = ({ until: expiresAt = Infinity }: Image, now: Instant): boolean =>
  expiresAt <= now;

/** Derives a snapshot's upload state: no timer stores it. */
export function imageAt(image: Image, now: Instant): Image {
  const { upload, status } = image;
  const isUnderWay = status === "queued" || status === "saving";
  if (!upload || !isUnderWay || now < upload.begins) return image;
  return now < upload.ends
    ? { ...image, status: "saving", updated: Math.max(image.updated, upload.begins) }
    : {
        ...image,
        status: "active",
        size: upload.size,
        updated: Math.max(image.updated, upload.ends),
      };
}
