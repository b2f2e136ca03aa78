import { operation } from "../../../http/operation.ts";
import { listQuery } from "./list-query.ts";
import { listSchema } from "./list-schema.ts";

export const listServers = operation({
  id: "compute/list-servers",
  service: "compute",
  route: "GET /servers",
  function: "own",
  access: { rule: "os_compute_api:servers:index", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "servers",
  query: listSchema,
  async run(call, world) {
    const query = listQuery(call, "index");
    return { items: await world.backend().servers.list(query, call.now), limit: query.limit };
  },
});
