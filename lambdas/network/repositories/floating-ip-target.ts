import { badRequest, Fault, notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { FloatingIp } from "../model/floating-ip.ts";
import type { Port } from "../model/port.ts";
import { floatingIpsIn } from "./floating-ips.ts";
import { portsIn } from "./ports.ts";

type FloatingIpAddress = Pick<
  FloatingIp,
  "id" | "project_id" | "floating_ip_address" | "floating_network_id"
>;

/** Throws `malformed`, `no-such`, `conflict`. */
export async function resolveTarget(
  records: Records,
  floatingIp: FloatingIpAddress,
  { port_id, fixed_ip_address }: { port_id: string | null; fixed_ip_address: string | null },
): Promise<{ port: Port | null; fixed: string | null }> {
  const scope = { project: floatingIp.project_id, allProjects: false };
  if (port_id === null) {
    if (fixed_ip_address !== null)
      throw badRequest(
        "Bad floatingip request: fixed_ip_address cannot be specified without a port_id.",
        "BadRequest",
      );
    return { port: null, fixed: null };
  }
  const port = await portsIn(records).findById(scope, port_id);
  if (!port) throw notFound("port", port_id);
  const fixed = selectFixedIp(port, fixed_ip_address);
  const others = await floatingIpsIn(records).all(scope);
  if (
    others.some(
      (one) =>
        one.id !== floatingIp.id && one.port_id === port.id && one.fixed_ip_address === fixed,
    )
  )
    throw new Fault({
      kind: "conflict",
      reason: `Cannot associate floating IP ${floatingIp.floating_ip_address} (${floatingIp.id}) with port ${port.id} using fixed IP ${fixed}, as that fixed IP already has a floating IP on external network ${floatingIp.floating_network_id}.`,
      type: "FloatingIPPortAlreadyAssociated",
    });
  return { port, fixed };
}

/** neutron/db/l3_db.py:1350 _internal_fip_assoc_data. */
function selectFixedIp({ id, fixed_ips }: Port, requested: string | null): string {
  const all = fixed_ips.map(({ ip_address }) => ip_address).filter((one) => !one.includes(":"));
  if (requested !== null && !all.includes(requested))
    throw badRequest(
      `Bad floatingip request: Port ${id} does not have fixed ip ${requested}.`,
      "BadRequest",
    );
  const [only, ...more] = all;
  if (requested !== null) return requested;
  if (only === undefined)
    throw badRequest(
      `Bad floatingip request: Cannot add floating IP to port ${id} that has no fixed IPv4 addresses.`,
      "BadRequest",
    );
  if (more.length > 0)
    throw badRequest(
      `Bad floatingip request: Port ${id} has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when assigning a floating IP.`,
      "BadRequest",
    );
  return only;
}
