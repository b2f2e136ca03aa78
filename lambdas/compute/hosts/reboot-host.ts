import { operation } from "../../http/operation.ts";
import { getHostName } from "./find-host.ts";

/** A no-op. */
export const rebootHost = operation({
  id: "compute/reboot-host",
  service: "compute",
  route: "GET /os-hosts/{host_name}/reboot",
  access: { rule: "os_compute_api:os-hosts:reboot", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ path }) => ({ host: getHostName(path.host_name), power_action: "reboot" }),
});
