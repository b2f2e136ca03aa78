import { operation } from "../../http/operation.ts";
import { getServer } from "./find-server.ts";

/** No guest posts a password. */
export const showServerPassword = operation({
  id: "compute/show-server-password",
  service: "compute",
  route: "GET /servers/{server_id}/os-server-password",
  access: { rule: "os_compute_api:os-server-password:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    await getServer(call, servers);
    return { password: "" };
  },
});
