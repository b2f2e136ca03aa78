import type { Fault } from "../core/fault.ts";

/** How a service lists: its filters, order, marker and limit, already parsed and validated. */
export interface ListRules<Item> {
  readonly filters: readonly ((item: Item) => boolean)[];
  /** null keeps the order. */
  readonly compare: ((one: Item, other: Item) => number) | null;
  /** Items; Infinity for a service without pages. */
  readonly limit: number;
  readonly offset?: number;
  readonly marker: string | null;
  /**
   * The list in which the marker is looked up: the filtered items, or all of them, so that an item that
   * the filters leave out is a marker too.
   */
  readonly markerAmong?: "filtered" | "all";
  /** The page before the marker instead of the page after it: Neutron's `page_reverse`. */
  readonly reverse?: boolean;
  idOf(item: Item): string;
  markerNotFound(marker: string): Fault;
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Items that pass the filters, on all pages. */
  readonly total: number;
  /** Ids of the page's first and last item; null for an empty page. */
  readonly first: string | null;
  readonly last: string | null;
  /** The page has as many items as the limit allows: there may be another. */
  readonly isFull: boolean;
}

/** One page of a list: filter, sort, find the marker, cut. Throws `markerNotFound`. */
export function listPage<Item>(all: readonly Item[], rules: ListRules<Item>): ListPage<Item> {
  const { filters, compare, limit, offset = 0, marker, reverse = false, idOf } = rules;
  const passes = (item: Item) => filters.every((filter) => filter(item));
  const sort = (items: readonly Item[]) => (compare ? items.toSorted(compare) : items);
  const among = rules.markerAmong === "all" ? sort(all) : sort(all.filter(passes));
  const at = marker === null ? -1 : among.findIndex((item) => idOf(item) === marker);
  if (marker !== null && at < 0) throw rules.markerNotFound(marker);
  const side = reverse && marker !== null ? among.slice(0, at) : among.slice(at + 1);
  const rest = rules.markerAmong === "all" ? side.filter(passes) : side;
  const items = reverse
    ? rest.slice(Math.max(0, rest.length - limit))
    : rest.slice(offset, offset + limit);
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    total: rules.markerAmong === "all" ? all.filter(passes).length : among.length,
    first: first === undefined ? null : idOf(first),
    last: last === undefined ? null : idOf(last),
    isFull: items.length >= limit && limit !== Number.POSITIVE_INFINITY,
  };
}
