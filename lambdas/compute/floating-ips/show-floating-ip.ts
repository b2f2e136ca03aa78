import { operation } from "../../http/operation.ts";
import { floatingIpsShown, ownFloatingIp } from "./floating-ip.ts";

export const showFloatingIp = operation({
  id: "compute/show-floating-ip",
  service: "compute",
  route: "GET /os-floating-ips/{floating_ip_id}",
  access: { rule: "os_compute_api:os-floating-ips:show", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query"],
  answer: "document",
  async run({ project, path }, world) {
    const { records } = world.backend();
    const one = await ownFloatingIp(records, project, path.floating_ip_id);
    const [floating_ip] = await floatingIpsShown(records, project, [one]);
    return { floating_ip };
  },
});
