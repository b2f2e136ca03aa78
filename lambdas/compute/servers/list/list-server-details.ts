import { lambda } from "../../../http/lambda.ts";
import { operation } from "../../../http/operation.ts";
import { listQuery } from "./list-query.ts";
import { listSchema } from "./list-schema.ts";

export const listServerDetails = operation({
  id: "compute/servers/list/list-server-details",
  service: "compute",
  route: "GET /servers/detail",
  access: { rule: "os_compute_api:servers:detail", role: "reader" },
  dynamoCalls: ["Query", "Scan"],
  answer: "serverDetails",
  query: listSchema,
  async run(call, world) {
    const query = listQuery(call, "detail");
    return { items: await world.backend().servers.list(query, call.now), limit: query.limit };
  },
});

export const handler = lambda(listServerDetails);
