import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { getVisibleNetwork, novaNetworkView } from "./network.ts";

export const showNovaNetwork = operation({
  id: "compute/show-nova-network",
  service: "compute",
  route: "GET /os-networks/{network_id}",
  access: { rule: "os_compute_api:os-networks:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ caller, project, path }, environment) {
    const isAdmin = hasRole(caller, "admin");
    const one = await getVisibleNetwork(
      environment.backend().records,
      project,
      isAdmin,
      path.network_id,
    );
    return { network: novaNetworkView(one, isAdmin) };
  },
});
