import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { hypervisorListSchema, includesServers, listHypervisorsPage } from "./hypervisor-query.ts";
import { hypervisorSummaryView } from "./hypervisor-view.ts";

export const listHypervisors = operation({
  id: "compute/list-hypervisors",
  service: "compute",
  route: "GET /os-hypervisors",
  access: { rule: "os_compute_api:os-hypervisors:list", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "namedList",
  query: hypervisorListSchema,
  async run({ query, microversion, now }, environment) {
    const options = { microversion, now, withServers: includesServers(query, microversion) };
    return listHypervisorsPage(
      await getHosts(environment.backend(), now),
      query,
      microversion,
      (host) => hypervisorSummaryView(host, options),
    );
  },
});
