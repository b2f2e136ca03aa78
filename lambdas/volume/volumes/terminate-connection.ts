import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, singleMember } from "../schema-fields.ts";

/** A volume's connections are not stored. */
export const terminateConnection = operation({
  id: "volume/terminate-connection",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-terminate_connection",
  access: { rule: "volume_extension:volume_actions:terminate_connection", role: "member" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "accepted",
  body: singleMember(
    "os-terminate_connection",
    closedObject({ connector: { type: ["string", "object", "null"] } }, ["connector"]),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return undefined;
  },
});
