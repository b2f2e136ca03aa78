import { operation } from "../../../http/operation.ts";
import { beginTransition } from "../begin-action.ts";

/** nova/api/openstack/compute/schemas/admin_password.py. */
const body = {
  type: "object",
  properties: {
    changePassword: {
      type: "object",
      properties: { adminPass: { type: "string" } },
      required: ["adminPass"],
      additionalProperties: false,
    },
  },
  required: ["changePassword"],
  additionalProperties: false,
} as const;

/** No password is stored. */
export const changePassword = operation({
  id: "compute/change-password",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "changePassword",
  function: "compute/server-action",
  begins: "changePassword",
  access: { rule: "os_compute_api:os-admin-password", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  body,
  run: beginTransition,
});
