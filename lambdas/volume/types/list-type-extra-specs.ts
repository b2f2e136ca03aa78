import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { visibleExtraSpecs } from "./views.ts";

export const listTypeExtraSpecs = operation({
  id: "volume/list-type-extra-specs",
  service: "volume",
  route: "GET /types/{type_id}/extra_specs",
  access: { rule: "volume_extension:types_extra_specs:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const type = await getVolumeType(
      environment.backend().records,
      projectScopeOf(call),
      call.path.type_id,
    );
    return { extra_specs: visibleExtraSpecs(call, type) };
  },
});
