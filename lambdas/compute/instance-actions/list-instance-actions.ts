import { badRequest } from "../../core/fault.ts";
import { parseIsotime } from "../../core/isotime.ts";
import { listPage } from "../../http/list-page.ts";
import { operation } from "../../http/operation.ts";
import { limitSchema, markerNotFound, pageLimit } from "../../http/page-limit.ts";
import { getHistory } from "./history.ts";

const singleValue = (items: object) => ({ type: "array", items, maxItems: 1 }) as const;
const dateTimeField = singleValue({ type: "string", format: "date-time" });

const query = {
  type: "object",
  properties: {
    limit: { ...limitSchema, maxItems: 1, since: 58 },
    marker: { ...singleValue({ type: "string" }), since: 58 },
    "changes-since": { ...dateTimeField, since: 58 },
    "changes-before": { ...dateTimeField, since: 66 },
  },
  closedSince: 58,
} as const;

export const listInstanceActions = operation({
  id: "compute/list-instance-actions",
  service: "compute",
  route: "GET /servers/{server_id}/os-instance-actions",
  function: "own",
  access: { rule: "os_compute_api:os-instance-actions:list", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "instanceActions",
  query,
  async run(call, environment) {
    const parameters = call.microversion < 58 ? new URLSearchParams() : call.query;
    const isInRange = parseChangedRange(parameters);
    const { server, actions } = await getHistory(call, environment.backend().servers);
    const limit = pageLimit(parameters.get("limit"));
    const { items } = listPage(actions, {
      filters: [({ updated }) => isInRange(updated)],
      compare: null,
      limit,
      marker: parameters.get("marker"),
      markerAmong: "all",
      idOf: ({ request }) => request,
      markerNotFound,
    });
    return { server, items, limit };
  },
});

function parseChangedRange(parameters: URLSearchParams): (at: number) => boolean {
  const since = parseIsotime(parameters.get("changes-since") ?? "1970") ?? -Infinity;
  const before = parseIsotime(parameters.get("changes-before") ?? "9999") ?? Infinity;
  if (before < since)
    throw badRequest("The value of changes-since must be less than or equal to changes-before.");
  // Nova stores whole seconds
  const floorToSecond = (at: number) => Math.floor(at / 1_000) * 1_000;
  return (at) => since <= floorToSecond(at) && floorToSecond(at) <= before;
}
