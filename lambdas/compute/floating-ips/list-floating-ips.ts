import { operation } from "../../http/operation.ts";
import { floatingIpsIn } from "../../network/repositories/floating-ips.ts";
import { floatingIpsShown } from "./floating-ip.ts";

export const listFloatingIps = operation({
  id: "compute/list-floating-ips",
  service: "compute",
  route: "GET /os-floating-ips",
  access: { rule: "os_compute_api:os-floating-ips:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "document",
  async run({ project }, world) {
    const { records } = world.backend();
    const all = await floatingIpsIn(records).all({ project, everywhere: false });
    return { floating_ips: await floatingIpsShown(records, project, all) };
  },
});
