import { badRequest } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { type Asking, isAdmin, reachOf } from "../request.ts";

/** What everybody may know of a type's extra specs (cinder/policies/type_extra_specs.py:21). */
const visible = ["RESKEY:availability_zones", "multiattach", "replication_enabled"];

export const specsSeen = (asking: Asking, { extraSpecs }: VolumeType) =>
  isAdmin(asking)
    ? extraSpecs
    : Object.fromEntries(Object.entries(extraSpecs).filter(([key]) => visible.includes(key)));

/** cinder/api/views/types.py, and volume_type_access.py beside it: what create and update answer with. */
export const typeMade = (asking: Asking, type: VolumeType) => ({
  id: type.id,
  name: type.name,
  is_public: type.isPublic,
  description: type.description,
  extra_specs: specsSeen(asking, type),
  "os-volume-type-access:is_public": type.isPublic,
});

/** cinder/api/v3/views/types.py. */
export const typeShown = (asking: Asking, type: VolumeType) => ({
  ...typeMade(asking, type),
  ...(isAdmin(asking) && { qos_specs_id: null }),
});

/** What volumes are of stays as it is, as far as it matters to them. (Query) */
export async function refuseUsed(
  records: Records,
  asking: Asking,
  { id }: Pick<VolumeType, "id">,
  reason: string,
): Promise<void> {
  const volumes = await volumesIn(records).all({ ...reachOf(asking), allProjects: true });
  if (volumes.some(({ type }) => type.id === id)) throw badRequest(reason);
}

export const inUse = "Volume Type is currently in use.";
