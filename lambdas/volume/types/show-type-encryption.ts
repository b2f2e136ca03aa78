import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";

/** No type is encrypted (cinder/api/contrib/volume_type_encryption.py index). */
export const showTypeEncryption = operation({
  id: "volume/show-type-encryption",
  service: "volume",
  route: "GET /types/{type_id}/encryption",
  access: { rule: "volume_extension:volume_type_encryption:get", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    await getVolumeType(environment.backend().records, projectScopeOf(call), call.path.type_id);
    return {};
  },
});
