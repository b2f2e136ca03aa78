import type { ListQuery } from "../domain/backend.ts";
import { Fault, malformed } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { updatedAt } from "../domain/server.ts";
import { isStatus } from "../domain/status.ts";
import { longestPage } from "../http/page.ts";
import { counts, filtersOf, inStatus, type Keep, refuseJoined } from "./list-filters.ts";
import { orderOf } from "./list-order.ts";
import { falsy, truthy } from "./shapes.ts";

interface Asked {
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly project: string;
  readonly microversion: number;
  readonly now: Instant;
}

/** What a list is asked for, or why it cannot be (facts: faults-headers-lists §3.4). */
export function listQuery(asked: Asked, operation: "index" | "detail"): ListQuery {
  const { query, now } = asked;
  refuseJoined(query);
  const statuses = query.getAll("status").map((status) => status.toUpperCase());
  const unknown = statuses.length > 0 && !statuses.some(isStatus);
  if (unknown && asked.microversion >= 38) throw malformed("Invalid status value");
  const { changed, filters: changes } = changesOf(asked);
  const deleted = wantsDeleted(asked, statuses);
  const project = projectOf(asked, operation);
  const keeps: Keep[] = [
    ...(deleted ? [inStatus(["DELETED"], now)] : []),
    ...(statuses.length > 0 ? [inStatus(statuses, now)] : []),
    ...changes,
    ...filtersOf(asked),
  ];
  const limit = Math.min(Number(query.getAll("limit").at(-1) ?? longestPage), longestPage);
  const marker = query.getAll("marker").at(-1);
  return {
    project,
    limit: unknown ? 0 : limit,
    ...(marker !== undefined && { marker: marker.toLowerCase().slice(0, 255) }),
    order: orderOf(asked),
    gone: deleted ?? changed,
    keep: (server) => keeps.every((fits) => fits(server)),
  };
}

/** Servers changed within bounds are looked for among those too that are gone (E-08). */
function changesOf(asked: Asked): { changed: boolean; filters: Keep[] } {
  const { query, now } = asked;
  const bound = (name: string, since: number) => {
    const text = counts(name, since, asked) ? query.getAll(name).at(-1) : undefined;
    return text === undefined ? null : instantOf(name, text);
  };
  const since = bound("changes-since", 1);
  const before = bound("changes-before", 66);
  if (since !== null && before !== null && before < since)
    throw malformed("The value of changes-since must be less than or equal to changes-before.");
  return {
    changed: since !== null || before !== null,
    filters: [
      ...(since === null ? [] : ([(server) => updatedAt(server, now) >= since] satisfies Keep[])),
      ...(before === null ? [] : ([(server) => updatedAt(server, now) <= before] satisfies Keep[])),
    ],
  };
}

/** A time without a zone is UTC's (oslo.utils' parse_isotime). */
function instantOf(name: string, text: string): Instant {
  const zoned = /T.*(Z|[+-]\d\d(:?\d\d)?)$/i.test(text) || !text.includes("T");
  const instant = Date.parse(zoned ? text : `${text}Z`);
  if (Number.isNaN(instant)) throw malformed(`Invalid filter field: ${name}.`);
  return instant;
}

/** Administrators may ask for the servers that are gone, users may not; null where nobody did. */
function wantsDeleted({ query, caller }: Asked, statuses: readonly string[]): boolean | null {
  const admin = holds(caller, "admin");
  if (statuses.length > 0 && statuses.every((status) => status === "DELETED")) {
    if (admin) return true;
    throw new Fault({ kind: "denied", reason: "Only administrators may list deleted instances" });
  }
  const asked = query.getAll("deleted").at(-1);
  return admin && asked !== undefined ? truthy.test(asked) : null;
}

/** null for every project; "" counts as yes (E-10). */
function projectOf({ query, caller, project }: Asked, operation: string): string | null {
  const asked = query.getAll("all_tenants").at(-1);
  if (asked === undefined || falsy.test(asked)) return project;
  if (asked !== "" && !truthy.test(asked)) throw malformed(`Invalid filter field: all_tenants.`);
  if (!holds(caller, "admin"))
    throw new Fault({
      kind: "forbidden",
      rule: `os_compute_api:servers:${operation}:get_all_tenants`,
    });
  return query.getAll("project_id").at(-1) ?? query.getAll("tenant_id").at(-1) ?? null;
}
