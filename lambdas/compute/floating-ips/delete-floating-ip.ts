import { operation } from "../../http/operation.ts";
import { releaseFloatingIp } from "../../network/repositories/floating-ip-association.ts";
import { getOwnFloatingIp } from "./floating-ip.ts";

export const deleteFloatingIp = operation({
  id: "compute/delete-floating-ip",
  service: "compute",
  route: "DELETE /os-floating-ips/{floating_ip_id}",
  access: { rule: "os_compute_api:os-floating-ips:delete", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "DeleteItem", "UpdateItem"],
  answer: "accepted",
  async run({ project, path }, environment) {
    const { records } = environment.backend();
    await releaseFloatingIp(
      environment.backend(),
      await getOwnFloatingIp(records, project, path.floating_ip_id),
    );
    return undefined;
  },
});
