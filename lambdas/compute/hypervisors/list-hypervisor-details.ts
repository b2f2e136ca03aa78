import { operation } from "../../http/operation.ts";
import { hostsIn } from "../repositories/hosts.ts";
import { listed, listSchema, withServers } from "./hypervisor-query.ts";
import { hypervisorView } from "./hypervisor-view.ts";

export const listHypervisorDetails = operation({
  id: "compute/list-hypervisor-details",
  service: "compute",
  route: "GET /os-hypervisors/detail",
  access: { rule: "os_compute_api:os-hypervisors:list-detail", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "listing",
  query: listSchema,
  async run({ query, microversion, now }, world) {
    const shown = { microversion, now, withServers: withServers(query, microversion) };
    return listed(await hostsIn(world.backend(), now), query, microversion, (host) =>
      hypervisorView(host, shown),
    );
  },
});
