import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { visibleExtraSpecs } from "./views.ts";

export const showTypeExtraSpec = operation({
  id: "volume/show-type-extra-spec",
  service: "volume",
  route: "GET /types/{type_id}/extra_specs/{key}",
  access: { rule: "volume_extension:types_extra_specs:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { type_id, key } = call.path;
    const specs = visibleExtraSpecs(
      call,
      await getVolumeType(environment.backend().records, projectScopeOf(call), type_id),
    );
    // cinder/exception.py:380
    if (!Object.hasOwn(specs, key))
      throw notFound("volume-part", `Volume Type ${type_id} has no extra specs with key ${key}.`);
    return { [key]: specs[key] };
  },
});
