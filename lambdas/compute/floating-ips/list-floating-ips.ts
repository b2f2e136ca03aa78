import { operation } from "../../http/operation.ts";
import { floatingIpsIn } from "../../network/repositories/floating-ips.ts";
import { floatingIpViews } from "./floating-ip.ts";

export const listFloatingIps = operation({
  id: "compute/list-floating-ips",
  service: "compute",
  route: "GET /os-floating-ips",
  access: { rule: "os_compute_api:os-floating-ips:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ project }, environment) {
    const { records } = environment.backend();
    const all = await floatingIpsIn(records).all({ project, allProjects: false });
    return { floating_ips: await floatingIpViews(records, project, all) };
  },
});
