import type { RequestContext } from "../../http/dialect.ts";

export interface Link {
  readonly rel: string;
  readonly href: string;
}

type LinkedCollection = "servers" | "flavors" | "images";

/** With the version, and the project where the request has one (S4-39). */
export const selfHref = (
  { origin, mountPath }: RequestContext,
  collection: LinkedCollection,
  id: string,
): string => `${origin}${mountPath}/${collection}/${id}`;

/** Without the version (S4-40). */
export const bookmarkLink = (
  { origin, unversionedMountPath }: RequestContext,
  collection: LinkedCollection,
  id: string,
): Link => ({
  rel: "bookmark",
  href: `${origin}${unversionedMountPath}/${collection}/${id}`,
});

export const links = (
  context: RequestContext,
  collection: LinkedCollection,
  id: string,
): Link[] => [
  { rel: "self", href: selfHref(context, collection, id) },
  bookmarkLink(context, collection, id),
];

/** The next page's URL: the request's parameters, sorted, with the marker `last` (E-09). */
export function nextHref({ origin, path, query }: RequestContext, last: string): string {
  const next = new URLSearchParams(query);
  next.set("marker", last);
  next.sort();
  return `${origin}${path}?${next}`;
}
