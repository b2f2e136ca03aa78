import { operation } from "../../../http/operation.ts";
import { toRequester, withServerProject } from "../find-server.ts";

const lockField = {
  type: ["object", "null"],
  properties: { locked_reason: { type: "string", minLength: 1, maxLength: 255 } },
  additionalProperties: false,
} as const;

/** nova/api/openstack/compute/schemas/lock_server.py; any value up to 2.72. */
const body = {
  type: "object",
  properties: { lock: { ...lockField, versions: { 1: {}, 73: lockField } } },
  required: ["lock"],
  additionalProperties: false,
} as const;

/** Non-administrators may only read and unlock a locked server (E-05). */
export const lockServer = operation({
  id: "compute/lock-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "lock",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-lock-server:lock", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const { servers } = environment.backend();
    const reason = call.microversion < 73 ? null : (call.body.lock?.locked_reason ?? null);
    await withServerProject(call, servers, (project, id) =>
      servers.lock(
        project,
        id,
        { by: project === call.project ? "owner" : "admin", reason },
        call.now,
        toRequester(call),
      ),
    );
    return undefined;
  },
});
