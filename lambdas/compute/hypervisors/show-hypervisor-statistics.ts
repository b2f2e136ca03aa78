import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { hypervisorResources } from "./hypervisor-view.ts";

export const showHypervisorStatistics = operation({
  id: "compute/show-hypervisor-statistics",
  service: "compute",
  route: "GET /os-hypervisors/statistics",
  access: { rule: "os_compute_api:os-hypervisors:statistics", role: "admin" },
  versions: { until: 87 },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  async run({ now }, environment) {
    const all = (await getHosts(environment.backend(), now))
      .filter(({ service }) => !service.disabled)
      .map((host) => Object.entries(hypervisorResources(host, now)));
    const totals: Record<string, number> = { count: all.length };
    for (const [name, amount] of all.flat()) totals[name] = (totals[name] ?? 0) + amount;
    return { hypervisor_statistics: totals };
  },
});
