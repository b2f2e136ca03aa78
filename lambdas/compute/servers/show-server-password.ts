import { operation } from "../../http/operation.ts";
import { getServer } from "./find-server.ts";

/** The password that a guest leaves at the metadata service, encrypted; no guest here does. */
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
