import { operation } from "../../http/operation.ts";
import { hostsIn } from "../repositories/hosts.ts";
import { listed, listSchema, withServers } from "./hypervisor-query.ts";
import { briefHypervisor } from "./hypervisor-view.ts";

export const listHypervisors = operation({
  id: "compute/list-hypervisors",
  service: "compute",
  route: "GET /os-hypervisors",
  access: { rule: "os_compute_api:os-hypervisors:list", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "listing",
  query: listSchema,
  async run({ query, microversion, now }, world) {
    const shown = { microversion, now, withServers: withServers(query, microversion) };
    return listed(await hostsIn(world.backend(), now), query, microversion, (host) =>
      briefHypervisor(host, shown),
    );
  },
});
