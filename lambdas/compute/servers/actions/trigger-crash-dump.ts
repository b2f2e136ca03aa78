import { operation } from "../../../http/operation.ts";
import { toRequester, withServerProject } from "../find-server.ts";

/** nova/api/openstack/compute/schemas/servers.py trigger_crash_dump. */
const body = {
  type: "object",
  properties: { trigger_crash_dump: { type: "null" } },
  required: ["trigger_crash_dump"],
  additionalProperties: false,
} as const;

/** Only recorded. */
export const triggerCrashDump = operation({
  id: "compute/trigger-crash-dump",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "trigger_crash_dump",
  function: "compute/server-action",
  versions: { since: 17 },
  access: { rule: "os_compute_api:servers:trigger_crash_dump", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const { servers } = environment.backend();
    await withServerProject(call, servers, (project, id) =>
      servers.recordAction(project, id, "triggerCrashDump", call.now, toRequester(call)),
    );
    return undefined;
  },
});
