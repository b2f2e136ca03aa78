import type { Spoken } from "../../http/dialect.ts";

export interface Link {
  readonly rel: string;
  readonly href: string;
}

type Collection = "servers" | "flavors" | "images";

/** With the version in it, and the project where the request had it (S4-39). */
export const selfHref = ({ origin, door }: Spoken, collection: Collection, id: string): string =>
  `${origin}${door}/${collection}/${id}`;

/** The same without the version (S4-40). */
export const bookmark = (
  { origin, unversionedDoor }: Spoken,
  collection: Collection,
  id: string,
): Link => ({
  rel: "bookmark",
  href: `${origin}${unversionedDoor}/${collection}/${id}`,
});

export const links = (spoken: Spoken, collection: Collection, id: string): Link[] => [
  { rel: "self", href: selfHref(spoken, collection, id) },
  bookmark(spoken, collection, id),
];

/** The next page's address: this one's, its parameters in order, from after `last` (E-09). */
export function nextHref({ origin, path, query }: Spoken, last: string): string {
  const next = new URLSearchParams(query);
  next.set("marker", last);
  next.sort();
  return `${origin}${path}?${next}`;
}
