import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { listVisibleNetworks, tenantNetworkView } from "./network.ts";

export const listTenantNetworks = operation({
  id: "compute/list-tenant-networks",
  service: "compute",
  route: "GET /os-tenant-networks",
  access: { rule: "os_compute_api:os-tenant-networks:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ caller, project }, environment) {
    const all = await listVisibleNetworks(
      environment.backend().records,
      project,
      hasRole(caller, "admin"),
    );
    return { networks: all.map(tenantNetworkView) };
  },
});
