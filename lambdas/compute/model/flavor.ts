export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
  /** GiB. */
  readonly ephemeral: number;
  /** MiB. */
  readonly swap: number;
  readonly rxtxFactor: number;
  readonly description: string | null;
  readonly isPublic: boolean;
  readonly extraSpecs: Readonly<Record<string, string>>;
  /** Projects that may use a private flavor. */
  readonly access: readonly string[];
}

/** nova/compute/flavors.py create. */
export const flavorDefaults = {
  ephemeral: 0,
  swap: 0,
  rxtxFactor: 1,
  description: null,
  isPublic: true,
  extraSpecs: {},
  access: [],
} as const satisfies Partial<Flavor>;

/** Flavors of DevStack and Nova's own tests. */
export const seedFlavors: readonly Flavor[] = [
  { id: "1", name: "m1.tiny", vcpus: 1, ram: 512, disk: 1, ...flavorDefaults },
  { id: "2", name: "m1.small", vcpus: 1, ram: 2048, disk: 20, ...flavorDefaults },
  { id: "3", name: "m1.medium", vcpus: 2, ram: 4096, disk: 40, ...flavorDefaults },
  { id: "4", name: "m1.large", vcpus: 4, ram: 8192, disk: 80, ...flavorDefaults },
  { id: "5", name: "m1.xlarge", vcpus: 8, ram: 16384, disk: 160, ...flavorDefaults },
];
