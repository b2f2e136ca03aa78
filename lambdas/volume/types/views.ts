import type { VolumeType } from "../model/volume-type.ts";
import { isAdmin, type VolumeCall } from "../request.ts";

/** Extra specs that every user sees (cinder/policies/type_extra_specs.py:21). */
const publicExtraSpecs = ["RESKEY:availability_zones", "multiattach", "replication_enabled"];

export const visibleExtraSpecs = (call: VolumeCall, { extraSpecs }: VolumeType) =>
  isAdmin(call)
    ? extraSpecs
    : Object.fromEntries(
        Object.entries(extraSpecs).filter(([key]) => publicExtraSpecs.includes(key)),
      );

/** cinder/api/views/types.py and cinder/api/contrib/volume_type_access.py: create and update. */
export const typeDetailView = (call: VolumeCall, type: VolumeType) => ({
  id: type.id,
  name: type.name,
  is_public: type.isPublic,
  description: type.description,
  extra_specs: visibleExtraSpecs(call, type),
  "os-volume-type-access:is_public": type.isPublic,
});

/** cinder/api/v3/views/types.py. */
export const typeFullView = (call: VolumeCall, type: VolumeType) => ({
  ...typeDetailView(call, type),
  ...(isAdmin(call) && { qos_specs_id: null }),
});

export const typeAccessView = ({ id, projects }: VolumeType) =>
  projects.map((project_id) => ({ volume_type_id: id, project_id }));
