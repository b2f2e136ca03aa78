import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { reachOf } from "../request.ts";
import { typeShown } from "./type.ts";

export const showType = operation({
  id: "volume/show-type",
  service: "volume",
  route: "GET /types/{type_id}",
  access: { rule: "volume_extension:type_get", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, world) {
    const type = await getVolumeType(world.backend().records, reachOf(call), call.path.type_id);
    return { volume_type: typeShown(call, type) };
  },
});
