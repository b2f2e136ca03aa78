import { badRequest, Fault, notFound } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { operation } from "../../../http/operation.ts";
import type { FloatingIp } from "../../../network/model/floating-ip.ts";
import { reassociateFloatingIp } from "../../../network/repositories/floating-ip-association.ts";
import { portsOfDevice } from "../../../network/repositories/ports.ts";
import type { Backend } from "../../../ports/backend.ts";
import { findFloatingIp } from "../../floating-ips/floating-ip.ts";
import { getServer } from "../find-server.ts";
import { ipAddress } from "../schema-fields.ts";

/** nova/api/openstack/compute/floating_ips.py:172. */
export const addFloatingIp = operation({
  id: "compute/add-floating-ip",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "addFloatingIp",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-floating-ips:add", role: "member" },
  versions: { until: 43 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      addFloatingIp: {
        type: "object",
        properties: { address: ipAddress, fixed_address: ipAddress },
        required: ["address"],
        additionalProperties: false,
      },
    },
    required: ["addFloatingIp"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const { address, fixed_address } = call.body.addFloatingIp;
    const server = await getServer(call, servers);
    const ports = await portsOfDevice(records, server.project, server.id);
    if (ports.length === 0) throw badRequest("Instance network is not ready yet");
    const fixedIps = ports.flatMap(({ id, fixed_ips }) =>
      fixed_ips.map(({ ip_address }) => ({ port: id, ip: ip_address })),
    );
    if (fixedIps.length === 0) throw badRequest("No fixed IPs associated to instance");
    const fixedIp = fixedIps.find(({ ip }) =>
      fixed_address === undefined ? !ip.includes(":") : ip === fixed_address,
    );
    if (!fixedIp && fixed_address !== undefined)
      throw badRequest("Specified fixed address not assigned to instance");
    if (!fixedIp)
      throw badRequest(
        `Unable to associate floating IP ${address} to any fixed IPs for instance ${server.id}. Instance has no fixed IPv4 addresses to associate.`,
      );
    const floating = await findFloatingIp(records, server.project, address);
    if (!floating) throw notFound("floatingip", address, "floating IP not found");
    await associateFloatingIp(environment.backend(), floating, fixedIp, call.now);
    return undefined;
  },
});

/** Neutron's conflict is Nova's bad request (FloatingIpAssociateFailed). */
async function associateFloatingIp(
  backend: Backend,
  floating: FloatingIp,
  { port, ip }: { readonly port: string; readonly ip: string },
  now: Instant,
): Promise<void> {
  try {
    await reassociateFloatingIp(
      backend,
      floating,
      { port_id: port, fixed_ip_address: ip },
      {},
      now,
    );
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.refusal.kind !== "conflict") throw cause;
    throw badRequest(cause.refusal.reason);
  }
}
