import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { assertTypeUnused, typeInUseText } from "./assert-type-unused.ts";

export const deleteTypeExtraSpec = operation({
  id: "volume/delete-type-extra-spec",
  service: "volume",
  route: "DELETE /types/{type_id}/extra_specs/{key}",
  access: { rule: "volume_extension:types_extra_specs:delete", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { type_id, key } = call.path;
    const type = await getVolumeType(records, projectScopeOf(call), type_id);
    await assertTypeUnused(records, call, type, typeInUseText);
    await typesIn(records).change(type.id, (was) => {
      if (!Object.hasOwn(was.extraSpecs, key))
        throw notFound("volume-part", `Volume Type ${type_id} has no extra specs with key ${key}.`);
      const left = Object.entries(was.extraSpecs).filter(([name]) => name !== key);
      return { ...was, extraSpecs: Object.fromEntries(left) };
    });
    return undefined;
  },
});
