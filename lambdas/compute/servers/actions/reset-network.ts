import { Fault } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";

/** Removed in Nova 23 (nova/api/openstack/compute/admin_actions.py:43). */
export const resetNetwork = operation({
  id: "compute/reset-network",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "resetNetwork",
  function: "compute/server-action",
  access: "authenticated",
  dynamoCalls: [],
  answer: "accepted",
  run: () => Promise.reject(new Fault({ kind: "withdrawn" })),
});
