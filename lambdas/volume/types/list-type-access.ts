import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { typeAccessView } from "./views.ts";

export const listTypeAccess = operation({
  id: "volume/list-type-access",
  service: "volume",
  route: "GET /types/{type_id}/os-volume-type-access",
  access: { rule: "volume_extension:volume_type_access:get_all_for_type", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const type = await getVolumeType(
      environment.backend().records,
      projectScopeOf(call),
      call.path.type_id,
    );
    if (type.isPublic)
      throw notFound("volume-part", "Access list not available for public volume types.");
    return { volume_type_access: typeAccessView(type) };
  },
});
