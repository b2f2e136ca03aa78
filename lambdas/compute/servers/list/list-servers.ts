import { operation } from "../../../http/operation.ts";
import { serverListSchema } from "./list-filters.ts";
import { parseListQuery } from "./list-query.ts";

export const listServers = operation({
  id: "compute/list-servers",
  service: "compute",
  route: "GET /servers",
  function: "own",
  access: { rule: "os_compute_api:servers:index", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "servers",
  query: serverListSchema,
  async run(call, environment) {
    const query = await parseListQuery(call, "index");
    return { items: await environment.backend().servers.list(query, call.now), limit: query.limit };
  },
});
