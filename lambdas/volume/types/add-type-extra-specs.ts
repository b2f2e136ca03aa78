import { operation } from "../../http/operation.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { metadataField, singleMember } from "../schema-fields.ts";
import { assertTypeUnused, typeInUseText } from "./assert-type-unused.ts";

export const addTypeExtraSpecs = operation({
  id: "volume/add-type-extra-specs",
  service: "volume",
  route: "POST /types/{type_id}/extra_specs",
  access: { rule: "volume_extension:types_extra_specs:create", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("extra_specs", metadataField),
  async run(call, environment) {
    const { records } = environment.backend();
    const specs = call.body.extra_specs as Record<string, string>;
    const type = await getVolumeType(records, projectScopeOf(call), call.path.type_id);
    await assertTypeUnused(records, call, type, typeInUseText);
    await typesIn(records).change(type.id, (was) => ({
      ...was,
      extraSpecs: { ...was.extraSpecs, ...specs },
    }));
    return { extra_specs: specs };
  },
});
