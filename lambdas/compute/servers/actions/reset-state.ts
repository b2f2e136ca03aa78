import { operation } from "../../../http/operation.ts";
import { multiplyResources, reservedBy } from "../../model/quota.ts";
import type { Server } from "../../model/server.ts";
import { transitionWith } from "../begin-action.ts";
import { isBeingDeleted } from "../terminate-server.ts";

/** nova/api/openstack/compute/schemas/admin_actions.py reset_state. */
const body = {
  type: "object",
  properties: {
    "os-resetState": {
      type: "object",
      properties: { state: { type: "string", enum: ["active", "error"] } },
      required: ["state"],
      additionalProperties: false,
    },
  },
  required: ["os-resetState"],
  additionalProperties: false,
} as const;

/** Changes the state only, and ignores locks. */
export const resetState = operation({
  id: "compute/reset-state",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-resetState",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-admin-actions:reset_state", role: "admin" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const { state } = call.body["os-resetState"];
    try {
      const action = state === "active" ? "resetToActive" : "resetToError";
      const seenServers: Server[] = [];
      await transitionWith(call, environment, action, async (server) => {
        seenServers.push(server);
        return { changes: server.freed ? { freed: false } : {} };
      });
      // a soft-deleted server counts again, beyond the limit
      const [server] = seenServers.slice(-1).filter(({ freed }) => freed);
      if (server) {
        const resources = reservedBy({ ...server, freed: false });
        await environment
          .backend()
          .servers.releaseQuota(server.project, multiplyResources(resources, -1), call.now);
      }
    } catch (cause) {
      // Nova finishes the delete regardless
      if (!isBeingDeleted(cause)) throw cause;
    }
    return undefined;
  },
});
