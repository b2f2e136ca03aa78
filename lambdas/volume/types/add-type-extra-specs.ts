import { operation } from "../../http/operation.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { reachOf } from "../request.ts";
import { metadata, only } from "../schema-fields.ts";
import { inUse, refuseUsed } from "./type.ts";

export const addTypeExtraSpecs = operation({
  id: "volume/add-type-extra-specs",
  service: "volume",
  route: "POST /types/{type_id}/extra_specs",
  access: { rule: "volume_extension:types_extra_specs:create", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: only("extra_specs", metadata),
  async run(call, world) {
    const { records } = world.backend();
    const specs = call.body.extra_specs as Record<string, string>;
    const type = await getVolumeType(records, reachOf(call), call.path.type_id);
    await refuseUsed(records, call, type, inUse);
    await typesIn(records).change(type.id, (was) => ({
      ...was,
      extraSpecs: { ...was.extraSpecs, ...specs },
    }));
    return { extra_specs: specs };
  },
});
