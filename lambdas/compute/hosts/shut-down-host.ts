import { operation } from "../../http/operation.ts";
import { getHostName } from "./find-host.ts";

/** A no-op. */
export const shutDownHost = operation({
  id: "compute/shut-down-host",
  service: "compute",
  route: "GET /os-hosts/{host_name}/shutdown",
  access: { rule: "os_compute_api:os-hosts:shutdown", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ path }) => ({ host: getHostName(path.host_name), power_action: "shutdown" }),
});
