import { toIsoMicros } from "../../core/times.ts";
import { operation } from "../../http/operation.ts";
import { getHosts } from "../repositories/hosts.ts";
import { getHypervisor } from "./hypervisor-query.ts";
import { hypervisorSummaryView } from "./hypervisor-view.ts";

/** A machine that has just booted. */
export const showHypervisorUptime = operation({
  id: "compute/show-hypervisor-uptime",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}/uptime",
  access: { rule: "os_compute_api:os-hypervisors:uptime", role: "admin" },
  versions: { until: 87 },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  async run({ path, microversion, now }, environment) {
    const host = getHypervisor(
      await getHosts(environment.backend(), now),
      path.hypervisor_id,
      microversion,
    );
    const uptime = ` ${toIsoMicros(now).slice(11, 19)} up 0 min,  0 users,  load average: 0.00, 0.00, 0.00`;
    return { hypervisor: { ...hypervisorSummaryView(host, { microversion, now }), uptime } };
  },
});
