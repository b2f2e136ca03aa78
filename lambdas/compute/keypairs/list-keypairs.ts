import { listPage } from "../../http/list-page.ts";
import { operation } from "../../http/operation.ts";
import { markerNotFound, pageLimit } from "../../http/page-limit.ts";
import { keypairListSchema } from "./list-query.ts";
import { resolveOwner } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:index";

export const listKeypairs = operation({
  id: "compute/list-keypairs",
  service: "compute",
  route: "GET /os-keypairs",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["Query"],
  answer: "keypairs",
  query: keypairListSchema,
  async run(call, environment) {
    const { query, microversion } = call;
    const all = await environment
      .backend()
      .keypairs.list(resolveOwner(call, query.get("user_id"), rule));
    if (microversion < 35) return { items: all, limit: Number.POSITIVE_INFINITY };
    const limit = pageLimit(query.get("limit"));
    const { items } = listPage(all, {
      filters: [],
      compare: null,
      limit,
      marker: query.get("marker"),
      idOf: ({ name }) => name,
      markerNotFound,
    });
    return { items, limit };
  },
});
