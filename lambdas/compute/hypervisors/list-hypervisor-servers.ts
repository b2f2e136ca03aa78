import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { getHypervisorsByName } from "./hypervisor-query.ts";
import { hypervisorSummaryView } from "./hypervisor-view.ts";

/** From 2.53 on a parameter of the list. */
export const listHypervisorServers = operation({
  id: "compute/list-hypervisor-servers",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}/servers",
  access: { rule: "os_compute_api:os-hypervisors:servers", role: "admin" },
  versions: { until: 52 },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  async run({ path, microversion, now }, environment) {
    const hosts = getHypervisorsByName(
      await getHosts(environment.backend(), now),
      path.hypervisor_id,
    );
    const options = { microversion, now, withServers: true };
    return { hypervisors: hosts.map((host) => hypervisorSummaryView(host, options)) };
  },
});
