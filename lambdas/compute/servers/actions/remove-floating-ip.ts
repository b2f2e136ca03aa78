import { conflict, noSuch } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { redirect } from "../../../network/repositories/floating-ip-association.ts";
import { portsOn } from "../../../network/repositories/ports.ts";
import { floatingIpAt } from "../../floating-ips/floating-ip.ts";
import { serverOf } from "../find-server.ts";
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
  async run(call, world) {
    const { servers, records } = world.backend();
    const { address } = call.body.removeFloatingIp;
    const server = await serverOf(call, servers);
    const floating = await floatingIpAt(records, server.project, address);
    if (!floating)
      throw noSuch("floatingip", address, `Floating IP not found for address ${address}.`);
    const ports = await portsOn(records, server.project, server.id);
    if (!ports.some(({ id }) => id === floating.port_id))
      throw conflict(`Floating IP ${address} is not associated with instance ${server.id}.`);
    const nowhere = { port_id: null, fixed_ip_address: null };
    await redirect(world.backend(), floating, nowhere, {}, call.now);
    return undefined;
  },
});
