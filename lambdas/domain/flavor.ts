import type { Records } from "./backend.ts";
import { type Collection, collectionOf } from "./collection.ts";

export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
}

/** The flavors every installation begins with, as DevStack and Nova's own samples number them. */
export const flavors: readonly Flavor[] = [
  { id: "1", name: "m1.tiny", vcpus: 1, ram: 512, disk: 1 },
  { id: "2", name: "m1.small", vcpus: 1, ram: 2048, disk: 20 },
  { id: "3", name: "m1.medium", vcpus: 2, ram: 4096, disk: 40 },
  { id: "4", name: "m1.large", vcpus: 4, ram: 8192, disk: 80 },
  { id: "5", name: "m1.xlarge", vcpus: 8, ram: 16384, disk: 160 },
];

/** The flavors there are now. */
export const flavorsIn = (records: Records): Collection<Flavor> =>
  collectionOf(records, "FLAVORS", flavors);
