import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, singleMember } from "../schema-fields.ts";
import { connectionView } from "./views.ts";

export const initializeConnection = operation({
  id: "volume/initialize-connection",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-initialize_connection",
  access: { rule: "volume_extension:volume_actions:initialize_connection", role: "member" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  body: singleMember(
    "os-initialize_connection",
    closedObject({ connector: { type: ["object", "string"] } }, ["connector"]),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { connection_info: { ...connectionView(volume), enforce_multipath: false } };
  },
});
