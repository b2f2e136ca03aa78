import { operation } from "../../../http/operation.ts";
import { listQuery } from "./list-query.ts";
import { listSchema } from "./list-schema.ts";

export const listServerDetails = operation({
  id: "compute/list-server-details",
  service: "compute",
  route: "GET /servers/detail",
  function: "own",
  access: { rule: "os_compute_api:servers:detail", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "serverDetails",
  query: listSchema,
  async run(call, world) {
    const query = listQuery(call, "detail");
    return { items: await world.backend().servers.list(query, call.now), limit: query.limit };
  },
});
