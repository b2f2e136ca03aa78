import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { getVisibleNetwork, tenantNetworkView } from "./network.ts";

export const showTenantNetwork = operation({
  id: "compute/show-tenant-network",
  service: "compute",
  route: "GET /os-tenant-networks/{network_id}",
  access: { rule: "os_compute_api:os-tenant-networks:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ caller, project, path }, environment) {
    const { records } = environment.backend();
    const one = await getVisibleNetwork(
      records,
      project,
      hasRole(caller, "admin"),
      path.network_id,
    );
    return { network: tenantNetworkView(one) };
  },
});
