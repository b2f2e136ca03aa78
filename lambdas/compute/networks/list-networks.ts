import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import { networkShown, networksSeen } from "./network.ts";

export const listNetworks = operation({
  id: "compute/list-networks",
  service: "compute",
  route: "GET /os-networks",
  access: { rule: "os_compute_api:os-networks:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "document",
  async run({ caller, project }, world) {
    const admin = holds(caller, "admin");
    const all = await networksSeen(world.backend().records, project, admin);
    return { networks: all.map((one) => networkShown(one, admin)) };
  },
});
