interface LinkContext {
  readonly origin: string;
  readonly query: URLSearchParams;
}

export const networkHref = ({ origin }: Pick<LinkContext, "origin">, path: string): string =>
  `${origin}/network/v2.0/${path}`;

/** Links to another page of the same list. */
export const pageLinkOf =
  (plural: string, context: LinkContext) => (rel: string, marker: string, reverse: boolean) => {
    const query = new URLSearchParams(context.query);
    query.set("marker", marker);
    query.delete("page_reverse");
    if (reverse) query.set("page_reverse", "True");
    return { rel, href: networkHref(context, `${plural.replaceAll("_", "-")}?${query}`) };
  };
