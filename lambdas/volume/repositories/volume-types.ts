import type { Records } from "../../ports/backend.ts";
import { type Collection, collectionOf } from "../../ports/seeded-collection.ts";
import { noSuch } from "../../core/fault.ts";

export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly isPublic: boolean;
  readonly extraSpecs: Readonly<Record<string, string>>;
  /** The projects that have one that is not public. */
  readonly projects: readonly string[];
}

/** Named as DevStack names it. */
export const defaultType: VolumeType = {
  id: "7c1b6f0e-52d3-4a0e-8f1c-2d9a4e6b3c01",
  name: "lvmdriver-1",
  description: null,
  isPublic: true,
  extraSpecs: { volume_backend_name: "lvmdriver-1" },
  projects: [],
};

export const typesIn = (records: Records): Collection<VolumeType> =>
  collectionOf(records, "VOLUME-TYPES", [defaultType]);

/** Of whom: an administrator sees all. */
interface Seeing {
  readonly project: string;
  readonly everywhere: boolean;
}

export const seesType = (
  { project, everywhere }: Seeing,
  { isPublic, projects }: VolumeType,
): boolean => everywhere || isPublic || projects.includes(project);

/** By its id; "default" is the one that volumes have unasked. (GetItem) */
export async function typeWith(records: Records, seeing: Seeing, id: string): Promise<VolumeType> {
  const type = await typesIn(records).withId(id === "default" ? defaultType.id : id);
  if (!type || !seesType(seeing, type)) throw noSuch("volume_type", id);
  return type;
}

/** By its id or its name. (Query) */
export async function typeCalled(
  records: Records,
  seeing: Seeing,
  asked: string,
): Promise<VolumeType> {
  const all = (await typesIn(records).all()).filter((type) => seesType(seeing, type));
  const type = all.find(({ id }) => id === asked) ?? all.find(({ name }) => name === asked);
  if (!type) throw noSuch("volume_type", asked);
  return type;
}

/** What Cinder has taken for yes in extra specs since 3.50. */
export const isMultiattach = ({ extraSpecs }: VolumeType): boolean =>
  extraSpecs["multiattach"] === "<is> True";
