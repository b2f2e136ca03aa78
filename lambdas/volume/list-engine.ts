import { isTrue, oslo } from "../core/booleans.ts";
import { badRequest, notFound, type ResourceKind } from "../core/fault.ts";
import { listPage } from "../http/list-page.ts";
import { nextLink } from "./links.ts";
import { compareFields, matchesVolumeFilter } from "./list-filters.ts";
import { invalidInput } from "./model/attachment.ts";
import { isAdmin, type VolumeCall } from "./request.ts";

/** `fields`: what filters and order read. */
export interface ListEntry {
  readonly fields: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly view: unknown;
}

interface ListDescription {
  readonly name: string;
  /** The list's path in the link to the next page. */
  readonly path: string;
  readonly resource: ResourceKind;
  /** Filters open to users (etc/cinder/resource_filters.json). */
  readonly filters: readonly string[];
}

const maxPageItems = 1000;

const nonFilterParameters = new Set([
  ...["limit", "marker", "offset", "sort", "sort_key", "sort_dir", "all_tenants", "with_count"],
]);

/** Filters, orders and cuts a list (cinder/api/common.py). Throws `malformed`; `no-such` for the marker. */
export function volumeListView(
  call: VolumeCall,
  description: ListDescription,
  entries: readonly ListEntry[],
) {
  const { query, microversion } = call;
  const filters = parseFilters(call, description);
  // filtered here, because a bad filter is refused before a bad order or limit
  const matching = entries.filter(({ fields }) =>
    filters.every(([name, value]) => matchesVolumeFilter(fields, name, value, call)),
  );
  const { items, last, isFull } = listPage(matching, {
    filters: [],
    compare: parseOrder(query),
    limit: parseLimit(query),
    offset: parseOffset(query),
    marker: query.get("marker"),
    idOf: ({ fields }) => fields.id,
    markerNotFound: (marker) => notFound(description.resource, marker),
  });
  const hasCount = microversion >= 45 && isTrue(oslo, query.get("with_count"));
  return {
    [description.name]: items.map(({ view }) => view),
    ...(last !== null &&
      isFull && { [`${description.name}_links`]: nextLink(call, description.path, last) }),
    ...(hasCount && { count: matching.length }),
  };
}

/** Since 3.31, users get a 400 for an unknown filter (cinder/api/common.py:450). */
function parseFilters(
  call: VolumeCall,
  { filters }: ListDescription,
): (readonly [string, string])[] {
  const { query, microversion } = call;
  const requested = [...query].filter(([name]) => !nonFilterParameters.has(name));
  if (isAdmin(call)) return requested;
  const isKnown = (name: string) =>
    filters.includes(microversion >= 34 ? name.replace(/~$/, "") : name);
  const unknown = requested.map(([name]) => name).filter((name) => !isKnown(name));
  if (microversion >= 31 && unknown.length > 0)
    throw badRequest(`Invalid filters ${unknown.join(",")} are found in query options.`);
  return requested.filter(([name]) => isKnown(name));
}

function parseLimit(query: URLSearchParams): number {
  const text = query.get("limit") ?? String(maxPageItems);
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest("limit param must be an integer");
  if (Number(text) < 0) throw badRequest("limit param must be positive");
  return Math.min(Number(text), maxPageItems);
}

function parseOffset(query: URLSearchParams): number {
  const text = query.get("offset") ?? "0";
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest("offset must be an integer");
  if (Number(text) < 0) throw badRequest("offset must be >= 0");
  return Number(text);
}

const sortKeys = [
  ...["id", "name", "display_name", "status", "size", "created_at", "updated_at", "volume_id"],
  ...["availability_zone", "bootable", "volume_type_id", "user_id", "project_id", "description"],
];

/** Newest first by default (cinder/api/common.py:139). */
function parseOrder(query: URLSearchParams) {
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
    if (!sortKeys.includes(key)) throw invalidInput("Invalid sort key");
    if (!["asc", "desc"].includes(dir))
      throw invalidInput(
        `Unknown sort direction, must be one of: asc-nullsfirst, asc-nullslast, desc-nullsfirst, desc-nullslast, asc, desc`,
      );
  }
  const all = [...keys, ["id", keys.at(-1)?.[1] ?? "desc"] as const];
  return ({ fields: one }: ListEntry, { fields: other }: ListEntry): number => {
    for (const [key, dir] of all) {
      const name = key === "display_name" ? "name" : key;
      const order = compareFields(one[name], other[name]) * (dir === "desc" ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  };
}
