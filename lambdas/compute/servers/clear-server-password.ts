import { operation } from "../../http/operation.ts";
import { getServer } from "./find-server.ts";

/** No password is stored; Nova accepts that. */
export const clearServerPassword = operation({
  id: "compute/clear-server-password",
  service: "compute",
  route: "DELETE /servers/{server_id}/os-server-password",
  access: { rule: "os_compute_api:os-server-password:clear", role: "member" },
  dynamoCalls: ["GetItem"],
  answer: "deleted",
  async run(call, environment) {
    const { servers } = environment.backend();
    await getServer(call, servers);
    return undefined;
  },
});
