import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { defaultType } from "../model/volume-type.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { assertTypeUnused } from "./assert-type-unused.ts";

export const deleteType = operation({
  id: "volume/delete-type",
  service: "volume",
  route: "DELETE /types/{type_id}",
  access: { rule: "volume_extension:type_delete", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "DeleteItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const type = await getVolumeType(records, projectScopeOf(call), call.path.type_id);
    // cinder/exception.py:395
    if (type.id === defaultType.id)
      throw badRequest(
        `The volume type ${type.id} is a default volume type and cannot be deleted.`,
      );
    await assertTypeUnused(records, call, type, "Target volume type is still in use.");
    await typesIn(records).remove(type.id);
    return undefined;
  },
});
