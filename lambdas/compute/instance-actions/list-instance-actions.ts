import { malformed } from "../../core/fault.ts";
import { isotime } from "../../core/isotime.ts";
import { operation } from "../../http/operation.ts";
import { limitSchema, longestPage } from "../../http/page-limit.ts";
import { historyOf } from "./history.ts";

const once = (items: object) => ({ type: "array", items, maxItems: 1 }) as const;
const instant = once({ type: "string", format: "date-time" });

/** nova/api/openstack/compute/schemas/instance_actions.py index_query, _v258, _v266. */
const query = {
  type: "object",
  properties: {
    limit: { ...limitSchema, maxItems: 1, since: 58 },
    marker: { ...once({ type: "string" }), since: 58 },
    "changes-since": { ...instant, since: 58 },
    "changes-before": { ...instant, since: 66 },
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
  async run(call, world) {
    const asked = call.microversion < 58 ? new URLSearchParams() : call.query;
    const changed = changesIn(asked);
    const { server, actions } = await historyOf(call, world.backend().servers);
    const marker = asked.get("marker");
    const start = marker === null ? 0 : actions.findIndex(({ request }) => request === marker) + 1;
    if (marker !== null && start === 0) throw malformed(`Marker ${marker} could not be found.`);
    const limit = Math.min(Number(asked.get("limit") ?? longestPage), longestPage);
    const items = actions
      .slice(start)
      .filter(({ updated }) => changed(updated))
      .slice(0, limit);
    return { server, items, limit };
  },
});

function changesIn(asked: URLSearchParams): (at: number) => boolean {
  const since = isotime(asked.get("changes-since") ?? "1970") ?? -Infinity;
  const before = isotime(asked.get("changes-before") ?? "9999") ?? Infinity;
  if (before < since)
    throw malformed("The value of changes-since must be less than or equal to changes-before.");
  // Nova's table keeps whole seconds
  const second = (at: number) => Math.floor(at / 1_000) * 1_000;
  return (at) => since <= second(at) && second(at) <= before;
}
