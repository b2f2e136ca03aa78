import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { typeFullView } from "./views.ts";

export const showType = operation({
  id: "volume/show-type",
  service: "volume",
  route: "GET /types/{type_id}",
  access: { rule: "volume_extension:type_get", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const type = await getVolumeType(
      environment.backend().records,
      projectScopeOf(call),
      call.path.type_id,
    );
    return { volume_type: typeFullView(call, type) };
  },
});
