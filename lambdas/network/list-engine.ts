import { badRequest, notFound, type ResourceKind } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import type { Attributes } from "./attributes.ts";
import type { StandardAttributes } from "./model/network.ts";
import { type Asking, type Kind, toldAlways } from "./resource.ts";

type Shown = Readonly<Record<string, unknown>>;

/** What is asked for that is no filter (neutron/api/api_common.py:44). */
const others = new Set([
  ...["fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir", "verbose"],
  ...["tags", "tags-any", "not-tags", "not-tags-any", "changed_since"],
]);

/** A list as Neutron answers it: filtered, sorted, a page of it, with the members asked for. */
export function listed<A extends Attributes, R extends StandardAttributes>(
  kind: Kind<A, R>,
  records: readonly R[],
  asking: Asking & { readonly path?: unknown },
) {
  const { query } = asking;
  const known = [...Object.keys(kind.attributes), ...kind.told, ...toldAlways];
  const filters = filtersOf(query, known);
  const fitting = records
    .map(kind.shown)
    .filter((one) => filters.every((fits) => fits(one)))
    .sort(orderOf(query, known));
  const { items, links } = page(kind, fitting, asking);
  return {
    [kind.plural]: items.map((one) => picked(one, query)),
    ...(links.length > 0 && { [`${kind.plural}_links`]: links }),
  };
}

/** One, with the members asked for. */
export const shown = <A extends Attributes, R extends StandardAttributes>(
  kind: Kind<A, R>,
  record: R,
  query: URLSearchParams = new URLSearchParams(),
) => ({ [kind.singular]: picked(kind.shown(record), query) });

function picked(one: Shown, query: URLSearchParams): Shown {
  const fields = query.getAll("fields").filter((name) => name !== "");
  if (fields.length === 0) return one;
  return Object.fromEntries(Object.entries(one).filter(([name]) => fields.includes(name)));
}

function filtersOf(query: URLSearchParams, known: readonly string[]) {
  const names = [...new Set(query.keys())].filter((name) => !others.has(name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw badRequest(`${repr(unknown)} is invalid attribute for filtering`);
  const tags = ({ tags }: Shown): readonly unknown[] => (Array.isArray(tags) ? tags : []);
  const tagged = (name: string) => (query.get(name) ?? "").split(",");
  return [
    ...names.map((name) => {
      const values = query.getAll(name);
      return (one: Shown) => values.some((value) => is(one[name], value));
    }),
    ...(query.has("tags")
      ? [(one: Shown) => tagged("tags").every((tag) => tags(one).includes(tag))]
      : []),
    ...(query.has("tags-any")
      ? [(one: Shown) => tagged("tags-any").some((tag) => tags(one).includes(tag))]
      : []),
    ...(query.has("not-tags")
      ? [(one: Shown) => !tagged("not-tags").every((tag) => tags(one).includes(tag))]
      : []),
    ...(query.has("not-tags-any")
      ? [(one: Shown) => !tagged("not-tags-any").some((tag) => tags(one).includes(tag))]
      : []),
  ];
}

/** Of a list one has to be it; of objects in one, a member: `fixed_ips=ip_address=10.0.0.4`. */
function is(value: unknown, asked: string): boolean {
  if (Array.isArray(value))
    return value.some((item) => {
      if (typeof item !== "object" || item === null) return String(item) === asked;
      const [member = "", ...rest] = asked.split("=");
      const wanted = rest.join("=");
      if (member === "ip_address_substr") return String(item["ip_address"]).includes(wanted);
      return String(item[member]) === wanted;
    });
  if (typeof value === "boolean") return ["true", "1"].includes(asked.toLowerCase()) === value;
  return value === null ? asked === "" || asked === "None" : String(value) === asked;
}

function orderOf(query: URLSearchParams, known: readonly string[]) {
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
  return (one: Shown, other: Shown): number => {
    for (const [i, key] of keys.entries()) {
      const order = compared(one[key], other[key]) * (dirs[i] === "desc" ? -1 : 1);
      if (order !== 0) return order;
    }
    return keys.length > 0 ? compared(one["id"], other["id"]) : 0;
  };
}

function compared(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one), String(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** neutron/api/api_common.py:157 get_pagination_links. */
function page<A extends Attributes, R>(
  { plural, singular }: Kind<A, R>,
  all: readonly Shown[],
  { query, origin }: Asking,
) {
  const asked = query.get("limit");
  if (asked !== null && !/^\d+$/.test(asked))
    throw badRequest(`Limit must be an integer 0 or greater and not '${asked}'`);
  const limit = Number(asked ?? 0);
  const reverse = /^(true|1)$/i.test(query.get("page_reverse") ?? "");
  const marker = query.get("marker");
  const at = marker === null ? -1 : all.findIndex(({ id }) => id === marker);
  if (marker !== null && at < 0) throw notFound(singular as ResourceKind, marker);
  const rest = reverse && marker !== null ? all.slice(0, at) : all.slice(at + 1);
  const items = limit === 0 ? rest : reverse ? rest.slice(-limit) : rest.slice(0, limit);
  const link = (rel: string, id: unknown, back: boolean) => {
    const to = new URLSearchParams(query);
    to.set("marker", String(id));
    to.delete("page_reverse");
    if (back) to.set("page_reverse", "True");
    return { rel, href: `${origin}/network/v2.0/${plural.replaceAll("_", "-")}?${to}` };
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
