import { operation } from "../../http/operation.ts";
import { hostsIn } from "../repositories/hosts.ts";
import { matching } from "./hypervisor-query.ts";
import { briefHypervisor } from "./hypervisor-view.ts";

/** Parameters of the list do this from 2.53 on. */
export const searchHypervisors = operation({
  id: "compute/search-hypervisors",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}/search",
  access: { rule: "os_compute_api:os-hypervisors:search", role: "admin" },
  versions: { until: 52 },
  dynamoCalls: ["Scan", "Query"],
  answer: "document",
  async run({ path, microversion, now }, world) {
    const hosts = matching(await hostsIn(world.backend(), now), path.hypervisor_id);
    const shown = { microversion, now, withServers: false };
    return { hypervisors: hosts.map((host) => briefHypervisor(host, shown)) };
  },
});
