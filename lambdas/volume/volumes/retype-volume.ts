import { operation } from "../../http/operation.ts";
import { beginRetype } from "../model/volume-changes.ts";
import { getTypeByIdOrName } from "../repositories/volume-types.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, singleMember } from "../schema-fields.ts";

export const retypeVolume = operation({
  id: "volume/retype-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-retype",
  access: { rule: "volume:retype", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-retype",
    closedObject(
      {
        new_type: { type: "string" },
        migration_policy: { type: ["string", "null"], enum: ["on-demand", "never"] },
      },
      ["new_type"],
    ),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    const scope = projectScopeOf(call);
    const volume = await getVolume(records, scope, call.path.volume_id, call.now);
    const anyType = { ...scope, allProjects: true };
    const type = await getTypeByIdOrName(records, anyType, call.body["os-retype"].new_type);
    await changeVolume(records, volume, call.now, (was) => beginRetype(was, type, call.now));
    return undefined;
  },
});
