import { operation } from "../../http/operation.ts";
import { getHostName } from "./find-host.ts";

/** A no-op. */
export const startHost = operation({
  id: "compute/start-host",
  service: "compute",
  route: "GET /os-hosts/{host_name}/startup",
  access: { rule: "os_compute_api:os-hosts:start", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ path }) => ({ host: getHostName(path.host_name), power_action: "startup" }),
});
