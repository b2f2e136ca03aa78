import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { listVisibleNetworks, novaNetworkView } from "./network.ts";

export const listNovaNetworks = operation({
  id: "compute/list-nova-networks",
  service: "compute",
  route: "GET /os-networks",
  access: { rule: "os_compute_api:os-networks:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ caller, project }, environment) {
    const isAdmin = hasRole(caller, "admin");
    const all = await listVisibleNetworks(environment.backend().records, project, isAdmin);
    return { networks: all.map((one) => novaNetworkView(one, isAdmin)) };
  },
});
