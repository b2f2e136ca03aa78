import { badRequest, notFound, type ResourceKind } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import type { Attributes } from "./attributes.ts";
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
  const filters = parseFilters(query, names);
  const matching = records
    .map<View>(type.view)
    .filter((view) => filters.every((matches) => matches(view)))
    .sort(parseOrder(query, names));
  const { items, links } = page(type, matching, call);
  return {
    [type.plural]: items.map((view) => pickFields(view, query)),
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
  if (typeof value === "boolean") return ["true", "1"].includes(filter.toLowerCase()) === value;
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
  return (one: View, other: View): number => {
    for (const [i, key] of keys.entries()) {
      const order = compareAttributes(one[key], other[key]) * (dirs[i] === "desc" ? -1 : 1);
      if (order !== 0) return order;
    }
    return keys.length > 0 ? compareAttributes(one["id"], other["id"]) : 0;
  };
}

function compareAttributes(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one), String(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** neutron/api/api_common.py:157 get_pagination_links. */
function page<A extends Attributes, R>(
  { plural, singular }: ResourceType<A, R>,
  all: readonly View[],
  { query, origin }: NetworkCall,
) {
  const limitText = query.get("limit");
  if (limitText !== null && !/^\d+$/.test(limitText))
    throw badRequest(`Limit must be an integer 0 or greater and not '${limitText}'`);
  const limit = Number(limitText ?? 0);
  const reverse = /^(true|1)$/i.test(query.get("page_reverse") ?? "");
  const marker = query.get("marker");
  const at = marker === null ? -1 : all.findIndex(({ id }) => id === marker);
  if (marker !== null && at < 0) throw notFound(singular as ResourceKind, marker);
  const rest = reverse && marker !== null ? all.slice(0, at) : all.slice(at + 1);
  const items = limit === 0 ? rest : reverse ? rest.slice(-limit) : rest.slice(0, limit);
  const link = (rel: string, id: unknown, back: boolean) => {
    const linkQuery = new URLSearchParams(query);
    linkQuery.set("marker", String(id));
    linkQuery.delete("page_reverse");
    if (back) linkQuery.set("page_reverse", "True");
    return { rel, href: `${origin}/network/v2.0/${plural.replaceAll("_", "-")}?${linkQuery}` };
  };
  const full = limit > 0 && items.length === limit;
  return {
    items,
    links: [
      ...((reverse ? marker !== null : full) && items.length > 0
        ? [link("next", items.at(-1)?.["id"], false)]
        : []),
      ...((reverse ? full : marker !== null) && limit > 0 && items.length > 0
        ? [link("previous", items[0]?.["id"], true)]
        : []),
    ],
  };
}
