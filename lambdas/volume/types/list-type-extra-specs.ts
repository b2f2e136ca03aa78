import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { reachOf } from "../request.ts";
import { specsSeen } from "./type.ts";

export const listTypeExtraSpecs = operation({
  id: "volume/list-type-extra-specs",
  service: "volume",
  route: "GET /types/{type_id}/extra_specs",
  access: { rule: "volume_extension:types_extra_specs:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, world) {
    const type = await getVolumeType(world.backend().records, reachOf(call), call.path.type_id);
    return { extra_specs: specsSeen(call, type) };
  },
});
