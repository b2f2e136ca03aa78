import { operation } from "../../http/operation.ts";
import { hostsIn } from "../repositories/hosts.ts";
import { matching } from "./hypervisor-query.ts";
import { briefHypervisor } from "./hypervisor-view.ts";

/** Parameters of the list do this from 2.53 on. */
export const listHypervisorServers = operation({
  id: "compute/list-hypervisor-servers",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}/servers",
  access: { rule: "os_compute_api:os-hypervisors:servers", role: "admin" },
  versions: { until: 52 },
  dynamoCalls: ["Scan", "Query"],
  answer: "document",
  async run({ path, microversion, now }, world) {
    const hosts = matching(await hostsIn(world.backend(), now), path.hypervisor_id);
    const shown = { microversion, now, withServers: true };
    return { hypervisors: hosts.map((host) => briefHypervisor(host, shown)) };
  },
});
