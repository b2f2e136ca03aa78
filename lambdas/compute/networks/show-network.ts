import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import { networkSeen, networkShown } from "./network.ts";

export const showNetwork = operation({
  id: "compute/show-network",
  service: "compute",
  route: "GET /os-networks/{network_id}",
  access: { rule: "os_compute_api:os-networks:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "document",
  async run({ caller, project, path }, world) {
    const admin = holds(caller, "admin");
    const one = await networkSeen(world.backend().records, project, admin, path.network_id);
    return { network: networkShown(one, admin) };
  },
});
