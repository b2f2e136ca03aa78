import { operation } from "../../http/operation.ts";
import { floatingIpViews, getOwnFloatingIp } from "./floating-ip.ts";

export const showFloatingIp = operation({
  id: "compute/show-floating-ip",
  service: "compute",
  route: "GET /os-floating-ips/{floating_ip_id}",
  access: { rule: "os_compute_api:os-floating-ips:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run({ project, path }, environment) {
    const { records } = environment.backend();
    const one = await getOwnFloatingIp(records, project, path.floating_ip_id);
    const [floating_ip] = await floatingIpViews(records, project, [one]);
    return { floating_ip };
  },
});
