import { operation } from "../http/operation.ts";
import { serverOf } from "./reach.ts";

/** The live migrations under way: there is one host, and so never any. */
export const listServerMigrations = operation({
  id: "servers/list-server-migrations",
  service: "compute",
  route: "GET /servers/{server_id}/migrations",
  versions: { since: 23 },
  access: { rule: "os_compute_api:servers:migrations:index", role: "manager" },
  calls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers } = world.backend();
    await serverOf(call, servers);
    return { migrations: [] };
  },
});
