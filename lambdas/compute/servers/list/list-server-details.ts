import { operation } from "../../../http/operation.ts";
import { serverListSchema } from "./list-filters.ts";
import { parseListQuery } from "./list-query.ts";

export const listServerDetails = operation({
  id: "compute/list-server-details",
  service: "compute",
  route: "GET /servers/detail",
  function: "own",
  access: { rule: "os_compute_api:servers:detail", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "serverDetails",
  query: serverListSchema,
  async run(call, environment) {
    const query = await parseListQuery(call, "detail");
    return { items: await environment.backend().servers.list(query, call.now), limit: query.limit };
  },
});
