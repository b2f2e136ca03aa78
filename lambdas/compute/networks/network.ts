import { notFound } from "../../core/fault.ts";
import { isVisible, type Network } from "../../network/model/network.ts";
import { networksIn } from "../../network/repositories/networks.ts";
import type { Records } from "../../ports/records.ts";

/** @calls Query */
export async function listVisibleNetworks(
  records: Records,
  project: string,
  allProjects: boolean,
): Promise<Network[]> {
  const all = await networksIn(records).all();
  return all.filter((one) => isVisible({ project, allProjects }, one));
}

/**
 * Throws no-such.
 * @calls Query
 */
export async function getVisibleNetwork(
  records: Records,
  project: string,
  allProjects: boolean,
  id: string,
): Promise<Network> {
  const all = await listVisibleNetworks(records, project, allProjects);
  const found = all.find((one) => one.id === id.toLowerCase());
  if (!found) throw notFound("network", id, "Network not found");
  return found;
}

const networkFields = [
  ...["cidr", "netmask", "gateway", "broadcast", "dns1", "dns2", "cidr_v6", "gateway_v6"],
  "netmask_v6",
];

const adminNetworkFields = [
  ...["created_at", "updated_at", "deleted_at", "deleted", "injected", "bridge", "vlan"],
  ...["vpn_public_address", "vpn_public_port", "vpn_private_address", "dhcp_start", "project_id"],
  ...["host", "bridge_interface", "multi_host", "priority", "rxtx_base", "mtu", "dhcp_server"],
  ...["enable_dhcp", "share_address"],
];

/** Without nova-network all other members are null. */
export const novaNetworkView = ({ id, name }: Network, admin: boolean) => ({
  id,
  label: name,
  ...Object.fromEntries(
    [...networkFields, ...(admin ? adminNetworkFields : [])].map((one) => [one, null]),
  ),
});

/** `cidr` was always the text "None" (nova/api/openstack/compute/tenant_networks.py:39). */
export const tenantNetworkView = ({ id, name }: Network) => ({ id, cidr: "None", label: name });
