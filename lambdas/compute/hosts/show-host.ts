import { notFound } from "../../core/fault.ts";
import { groupBy } from "../../core/group-by.ts";
import { operation } from "../../http/operation.ts";
import { hostCapacity } from "../model/host-filters.ts";
import { addResources, noResources, resourcesOf } from "../model/quota.ts";
import { diskGib } from "../model/server.ts";
import { getHosts, resourcesUsedOn } from "../repositories/hosts.ts";

export const showHost = operation({
  id: "compute/show-host",
  service: "compute",
  route: "GET /os-hosts/{host_name}",
  access: { rule: "os_compute_api:os-hosts:show", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  async run({ path: { host_name: name }, now }, environment) {
    const host = (await getHosts(environment.backend(), now)).find((one) => one.name === name);
    if (!host) throw notFound("hypervisor", name, `Compute host ${name} could not be found.`);
    const row = (project: string, cpu: number, memory: number, disk: number) => ({
      resource: { host: name, project, cpu, memory_mb: memory, disk_gb: disk },
    });
    const used = resourcesUsedOn(host, now);
    const projects = groupBy(host.servers, ({ project }) => project);
    return {
      host: [
        row("(total)", hostCapacity.vcpus, hostCapacity.memory, hostCapacity.disk),
        row("(used_now)", used.vcpus, used.memory, used.disk),
        row("(used_max)", used.vcpus, used.memory, used.disk),
        ...[...projects].map(([project, servers]) => {
          const { cores, ram } = servers
            .map(({ flavor }) => resourcesOf(flavor))
            .reduce(addResources, noResources);
          const disk = servers.reduce((sum, server) => sum + diskGib(server), 0);
          return row(project, cores, ram, disk);
        }),
      ],
    };
  },
});
