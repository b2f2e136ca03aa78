import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { metadataField } from "../schema-fields.ts";
import { assertTypeUnused, typeInUseText } from "./assert-type-unused.ts";

export const setTypeExtraSpec = operation({
  id: "volume/set-type-extra-spec",
  service: "volume",
  route: "PUT /types/{type_id}/extra_specs/{key}",
  access: { rule: "volume_extension:types_extra_specs:update", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: { ...metadataField, minProperties: 1, maxProperties: 1 },
  async run(call, environment) {
    const { records } = environment.backend();
    const specs = call.body as Record<string, string>;
    const { type_id, key } = call.path;
    const type = await getVolumeType(records, projectScopeOf(call), type_id);
    await assertTypeUnused(records, call, type, typeInUseText);
    if (!Object.hasOwn(specs, key)) throw badRequest("Request body and URI mismatch");
    await typesIn(records).change(type.id, (was) => ({
      ...was,
      extraSpecs: { ...was.extraSpecs, ...specs },
    }));
    return specs;
  },
});
