import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { hypervisorListSchema, includesServers, listHypervisorsPage } from "./hypervisor-query.ts";
import { hypervisorView } from "./hypervisor-view.ts";

export const listHypervisorDetails = operation({
  id: "compute/list-hypervisor-details",
  service: "compute",
  route: "GET /os-hypervisors/detail",
  access: { rule: "os_compute_api:os-hypervisors:list-detail", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "namedList",
  query: hypervisorListSchema,
  async run({ query, microversion, now }, environment) {
    const options = { microversion, now, withServers: includesServers(query, microversion) };
    return listHypervisorsPage(
      await getHosts(environment.backend(), now),
      query,
      microversion,
      (host) => hypervisorView(host, options),
    );
  },
});
