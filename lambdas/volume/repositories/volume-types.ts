import { notFound } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { defaultType, isTypeVisible, type VolumeType } from "../model/volume-type.ts";

export const typesIn = (records: Records): SeededCollection<VolumeType> =>
  seededCollection(records, "VOLUME-TYPES", [defaultType]);

/** The id "default" names the default type. Throws `no-such`. @calls GetItem */
export async function getVolumeType(
  records: Records,
  scope: ProjectScope,
  id: string,
): Promise<VolumeType> {
  const type = await typesIn(records).findById(id === "default" ? defaultType.id : id);
  if (!type || !isTypeVisible(scope, type)) throw notFound("volume_type", id);
  return type;
}

/** Throws `no-such`. @calls Query */
export async function getTypeByIdOrName(
  records: Records,
  scope: ProjectScope,
  idOrName: string,
): Promise<VolumeType> {
  const all = (await typesIn(records).all()).filter((type) => isTypeVisible(scope, type));
  const type = all.find(({ id }) => id === idOrName) ?? all.find(({ name }) => name === idOrName);
  if (!type) throw notFound("volume_type", idOrName);
  return type;
}
