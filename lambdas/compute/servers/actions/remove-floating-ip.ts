import { conflict, notFound } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { reassociateFloatingIp } from "../../../network/repositories/floating-ip-association.ts";
import { portsOfDevice } from "../../../network/repositories/ports.ts";
import { findFloatingIp } from "../../floating-ips/floating-ip.ts";
import { getServer } from "../find-server.ts";
import { ipAddress } from "../schema-fields.ts";

/** nova/api/openstack/compute/floating_ips.py:260. */
export const removeFloatingIp = operation({
  id: "compute/remove-floating-ip",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "removeFloatingIp",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-floating-ips:remove", role: "member" },
  versions: { until: 43 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      removeFloatingIp: {
        type: "object",
        properties: { address: ipAddress },
        required: ["address"],
        additionalProperties: false,
      },
    },
    required: ["removeFloatingIp"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const { address } = call.body.removeFloatingIp;
    const server = await getServer(call, servers);
    const floating = await findFloatingIp(records, server.project, address);
    if (!floating)
      throw notFound("floatingip", address, `Floating IP not found for address ${address}.`);
    const ports = await portsOfDevice(records, server.project, server.id);
    if (!ports.some(({ id }) => id === floating.port_id))
      throw conflict(`Floating IP ${address} is not associated with instance ${server.id}.`);
    const noTarget = { port_id: null, fixed_ip_address: null };
    await reassociateFloatingIp(environment.backend(), floating, noTarget, {}, call.now);
    return undefined;
  },
});
