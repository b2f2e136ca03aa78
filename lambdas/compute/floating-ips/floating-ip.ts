import { notFound } from "../../core/fault.ts";
import type { FloatingIp } from "../../network/model/floating-ip.ts";
import { floatingIpsIn } from "../../network/repositories/floating-ips.ts";
import { networksIn } from "../../network/repositories/networks.ts";
import { portsIn } from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";

/** @calls Query */
export async function floatingIpViews(
  records: Records,
  project: string,
  all: readonly FloatingIp[],
) {
  const [ports, networks] = await Promise.all([
    portsIn(records).all({ project, allProjects: false }),
    networksIn(records).all(),
  ]);
  return all.map(({ id, floating_ip_address, fixed_ip_address, port_id, floating_network_id }) => ({
    fixed_ip: fixed_ip_address,
    id,
    instance_id: ports.find((port) => port.id === port_id)?.device_id ?? null,
    ip: floating_ip_address,
    pool:
      networks.find((network) => network.id === floating_network_id)?.name ?? floating_network_id,
  }));
}

/** @calls Query */
export async function findFloatingIp(
  records: Records,
  project: string,
  address: string,
): Promise<FloatingIp | null> {
  const all = await floatingIpsIn(records).all({ project, allProjects: false });
  return all.find(({ floating_ip_address }) => floating_ip_address === address) ?? null;
}

/** @calls GetItem */
export async function getOwnFloatingIp(
  records: Records,
  project: string,
  id: string,
): Promise<FloatingIp> {
  const found = await floatingIpsIn(records).findById({ project, allProjects: false }, id);
  if (!found) throw notFound("floatingip", id, `Floating IP not found for ID ${id}`);
  return found;
}
