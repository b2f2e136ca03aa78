import { noSuch } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { type Collection, collectionOf } from "../../ports/seeded-collection.ts";
import { defaultType, type Seeing, seesType, type VolumeType } from "../model/volume-type.ts";

export const typesIn = (records: Records): Collection<VolumeType> =>
  collectionOf(records, "VOLUME-TYPES", [defaultType]);

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
