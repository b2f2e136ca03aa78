import { isTrue, neutron } from "../core/booleans.ts";
import { badRequest, notFound, type ResourceKind } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import { type ListPage, listPage } from "../http/list-page.ts";
import type { Attributes } from "./attributes.ts";
import { pageLinkOf } from "./links.ts";
import type { StandardAttributes } from "./model/network.ts";
import { type NetworkCall, type ResourceType, standardNames } from "./resource.ts";

type View = Readonly<Record<string, unknown>>;

/** neutron/api/api_common.py:44. */
const nonFilterNames = new Set([
  ...["fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir", "verbose"],
  ...["tags", "tags-any", "not-tags", "not-tags-any", "changed_since"],
]);

/** The list document. Throws `malformed`; `no-such` for an unknown marker. */
export function listView<A extends Attributes, R extends StandardAttributes>(
  type: ResourceType<A, R>,
  records: readonly R[],
  call: NetworkCall & { readonly path?: unknown },
) {
  const { query } = call;
  const names = [...Object.keys(type.attributes), ...type.readOnly, ...standardNames];
  const rules = {
    filters: parseFilters(query, names),
    compare: parseOrder(query, names),
    limit: parseLimit(query.get("limit")),
    marker: query.get("marker"),
    reverse: isTrue(neutron, query.get("page_reverse")),
    idOf: ({ id }: View) => String(id),
    markerNotFound: (marker: string) => notFound(type.singular as ResourceKind, marker),
  };
  const page = listPage(records.map<View>(type.view), rules);
  const links = pageLinks(page, rules, pageLinkOf(type.plural, call));
  return {
    [type.plural]: page.items.map((view) => pickFields(view, query)),
    ...(links.length > 0 && { [`${type.plural}_links`]: links }),
  };
}

export const itemView = <A extends Attributes, R extends StandardAttributes>(
  type: ResourceType<A, R>,
  record: R,
  query: URLSearchParams = new URLSearchParams(),
) => ({ [type.singular]: pickFields(type.view(record), query) });

function pickFields(view: View, query: URLSearchParams): View {
  const fields = query.getAll("fields").filter((name) => name !== "");
  if (fields.length === 0) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => fields.includes(name)));
}

function parseFilters(query: URLSearchParams, known: readonly string[]) {
  const names = [...new Set(query.keys())].filter((name) => !nonFilterNames.has(name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw badRequest(`${repr(unknown)} is invalid attribute for filtering`);
  const tagsIn = ({ tags }: View): readonly unknown[] => (Array.isArray(tags) ? tags : []);
  const requestedTags = (name: string) => (query.get(name) ?? "").split(",");
  const hasAll = (name: string) => (view: View) =>
    requestedTags(name).every((tag) => tagsIn(view).includes(tag));
  const hasAny = (name: string) => (view: View) =>
    requestedTags(name).some((tag) => tagsIn(view).includes(tag));
  return [
    ...names.map((name) => {
      const values = query.getAll(name);
      return (view: View) => values.some((value) => matchesFilter(view[name], value));
    }),
    ...(query.has("tags") ? [hasAll("tags")] : []),
    ...(query.has("tags-any") ? [hasAny("tags-any")] : []),
    ...(query.has("not-tags") ? [(view: View) => !hasAll("not-tags")(view)] : []),
    ...(query.has("not-tags-any") ? [(view: View) => !hasAny("not-tags-any")(view)] : []),
  ];
}

/** A list matches if one item does; an object by one member: `fixed_ips=ip_address=10.0.0.4`. */
function matchesFilter(value: unknown, filter: string): boolean {
  if (Array.isArray(value))
    return value.some((item) => {
      if (typeof item !== "object" || item === null) return String(item) === filter;
      const [member = "", ...rest] = filter.split("=");
      const text = rest.join("=");
      if (member === "ip_address_substr") return String(item["ip_address"]).includes(text);
      return String(item[member]) === text;
    });
  if (typeof value === "boolean") return isTrue(neutron, filter) === value;
  return value === null ? filter === "" || filter === "None" : String(value) === filter;
}

function parseOrder(query: URLSearchParams, known: readonly string[]) {
  const keys = query.getAll("sort_key");
  const dirs = query.getAll("sort_dir");
  if (keys.length !== dirs.length && dirs.length > 0)
    throw badRequest("The number of sort_keys and sort_dirs must be same");
  for (const key of keys)
    if (!known.includes(key)) throw badRequest(`${repr([key])} is invalid attribute for sort key`);
  for (const dir of dirs)
    if (dir !== "asc" && dir !== "desc")
      throw badRequest(
        `${repr([dir])} is invalid value for sort_dirs, valid value is 'asc' and 'desc'`,
      );
  if (keys.length === 0) return null;
  return (one: View, other: View): number => {
    for (const [i, key] of keys.entries()) {
      const order = compareAttributes(one[key], other[key]) * (dirs[i] === "desc" ? -1 : 1);
      if (order !== 0) return order;
    }
    return compareAttributes(one["id"], other["id"]);
  };
}

function compareAttributes(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one), String(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function parseLimit(text: string | null): number {
  if (text !== null && !/^\d+$/.test(text))
    throw badRequest(`Limit must be an integer 0 or greater and not '${text}'`);
  return Number(text ?? 0) || Number.POSITIVE_INFINITY;
}

/** neutron/api/api_common.py:258 get_pagination_links. */
function pageLinks(
  { first, last, isFull }: ListPage<View>,
  { limit, marker, reverse }: { limit: number; marker: string | null; reverse: boolean },
  linkTo: (rel: string, marker: string, reverse: boolean) => unknown,
) {
  if (first === null || last === null) return [];
  const hasMarker = marker !== null;
  const isPaged = Number.isFinite(limit);
  return [
    ...((reverse ? hasMarker : isFull) ? [linkTo("next", last, false)] : []),
    ...((reverse ? isFull : hasMarker) && isPaged ? [linkTo("previous", first, true)] : []),
  ];
}
