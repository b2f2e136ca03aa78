import { operation } from "../../http/operation.ts";
import { hostsIn } from "../repositories/hosts.ts";
import { showSchema, withId, withServers } from "./hypervisor-query.ts";
import { hypervisorView } from "./hypervisor-view.ts";

export const showHypervisor = operation({
  id: "compute/show-hypervisor",
  service: "compute",
  route: "GET /os-hypervisors/{hypervisor_id}",
  access: { rule: "os_compute_api:os-hypervisors:show", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "document",
  query: showSchema,
  async run({ path, query, microversion, now }, world) {
    const host = withId(await hostsIn(world.backend(), now), path.hypervisor_id, microversion);
    const shown = { microversion, now, withServers: withServers(query, microversion) };
    return { hypervisor: hypervisorView(host, shown) };
  },
});
