import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { maxPageSize } from "../../http/page-limit.ts";
import { keypairListSchema } from "./list-query.ts";
import { resolveOwner } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:index";

/** By name; in pages from 2.35 on. */
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
    const marker = query.get("marker");
    const start = marker === null ? 0 : all.findIndex(({ name }) => name === marker) + 1;
    if (marker !== null && start === 0) throw badRequest(`Marker ${marker} could not be found.`);
    const limit = Math.min(Number(query.get("limit") ?? maxPageSize), maxPageSize);
    return { items: all.slice(start, start + limit), limit };
  },
});
