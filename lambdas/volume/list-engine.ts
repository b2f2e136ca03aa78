import { badRequest, notFound, type ResourceKind } from "../core/fault.ts";
import { comparedTo, matches } from "./list-filters.ts";
import { invalidInput } from "./model/attachment.ts";
import { type Asking, isAdmin, isYes, nextLink } from "./request.ts";

/** One of a list: what it may be found and ordered by, and what is told of it. */
export interface Entry {
  readonly facts: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly shown: unknown;
}

interface Kind {
  readonly of: string;
  /** Where the list is, as the link to its next page has it. */
  readonly at: string;
  readonly thing: ResourceKind;
  /** What everybody may filter by (etc/cinder/resource_filters.json). */
  readonly filters: readonly string[];
}

const most = 1000;

/** What is asked for that is no filter. */
const others = new Set([
  ...["limit", "marker", "offset", "sort", "sort_key", "sort_dir", "all_tenants", "with_count"],
]);

/** A list as Cinder answers it (cinder/api/common.py). */
export function listed(asking: Asking, kind: Kind, entries: readonly Entry[]) {
  const { query, microversion } = asking;
  const filters = filtersOf(asking, kind);
  const fitting = entries
    .filter(({ facts }) => filters.every(([name, value]) => matches(facts, name, value, asking)))
    .sort(orderOf(query));
  const limit = limitOf(query);
  const offset = offsetOf(query);
  const marker = query.get("marker");
  const at = marker === null ? -1 : fitting.findIndex(({ facts }) => facts.id === marker);
  if (marker !== null && at < 0) throw notFound(kind.thing, marker);
  const page = fitting.slice(at + 1 + offset).slice(0, limit);
  const last = page.at(-1);
  const counts = microversion >= 45 && isYes(query.get("with_count"));
  return {
    [kind.of]: page.map(({ shown }) => shown),
    ...(last &&
      page.length >= limit && { [`${kind.of}_links`]: nextLink(asking, kind.at, last.facts.id) }),
    ...(counts && { count: fitting.length }),
  };
}

/** What it is to be filtered by; from 3.31 on nobody but an administrator asks for what is none (common.py:450). */
function filtersOf(asking: Asking, { filters }: Kind): (readonly [string, string])[] {
  const { query, microversion } = asking;
  const asked = [...query].filter(([name]) => !others.has(name));
  if (isAdmin(asking)) return asked;
  const known = (name: string) =>
    filters.includes(microversion >= 34 ? name.replace(/~$/, "") : name);
  const unknown = asked.map(([name]) => name).filter((name) => !known(name));
  if (microversion >= 31 && unknown.length > 0)
    throw badRequest(`Invalid filters ${unknown.join(",")} are found in query options.`);
  return asked.filter(([name]) => known(name));
}

function limitOf(query: URLSearchParams): number {
  const said = query.get("limit") ?? String(most);
  if (!/^\s*[-+]?\d+\s*$/.test(said)) throw badRequest("limit param must be an integer");
  if (Number(said) < 0) throw badRequest("limit param must be positive");
  return Math.min(Number(said), most);
}

function offsetOf(query: URLSearchParams): number {
  const said = query.get("offset") ?? "0";
  if (!/^\s*[-+]?\d+\s*$/.test(said)) throw badRequest("offset must be an integer");
  if (Number(said) < 0) throw badRequest("offset must be >= 0");
  return Number(said);
}

const sortable = [
  ...["id", "name", "display_name", "status", "size", "created_at", "updated_at", "volume_id"],
  ...["availability_zone", "bootable", "volume_type_id", "user_id", "project_id", "description"],
];

/** The newest first, where nothing is said (common.py:139). */
function orderOf(query: URLSearchParams) {
  const sort = query.get("sort");
  if (sort !== null && (query.has("sort_key") || query.has("sort_dir")))
    throw badRequest(
      "The 'sort_key' and 'sort_dir' parameters are deprecated and cannot be used with the 'sort' parameter.",
    );
  const keys =
    sort === null
      ? [[query.get("sort_key") ?? "created_at", query.get("sort_dir") ?? "desc"] as const]
      : sort.split(",").map((one) => {
          const [key = "", dir = ""] = one.split(":");
          return [key.trim(), dir.trim() || "desc"] as const;
        });
  for (const [key, dir] of keys) {
    if (!sortable.includes(key)) throw invalidInput("Invalid sort key");
    if (!["asc", "desc"].includes(dir))
      throw invalidInput(
        `Unknown sort direction, must be one of: asc-nullsfirst, asc-nullslast, desc-nullsfirst, desc-nullslast, asc, desc`,
      );
  }
  const all = [...keys, ["id", keys.at(-1)?.[1] ?? "desc"] as const];
  return ({ facts: one }: Entry, { facts: other }: Entry): number => {
    for (const [key, dir] of all) {
      const name = key === "display_name" ? "name" : key;
      const order = comparedTo(one[name], other[name]) * (dir === "desc" ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  };
}
