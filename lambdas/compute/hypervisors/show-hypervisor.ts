import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { getHypervisor, hypervisorShowSchema, includesServers } from "./hypervisor-query.ts";
import { hypervisorView } from "./hypervisor-view.ts";

export const showHypervisor = operation({
  id: "compute/show-hypervisor",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}",
  access: { rule: "os_compute_api:os-hypervisors:show", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  query: hypervisorShowSchema,
  async run({ path, query, microversion, now }, environment) {
    const host = getHypervisor(
      await getHosts(environment.backend(), now),
      path.hypervisor_id,
      microversion,
    );
    const options = { microversion, now, withServers: includesServers(query, microversion) };
    return { hypervisor: hypervisorView(host, options) };
  },
});
