/** The id that an address ends in, with or without a slash at its end; an id is its own (E-16, H-02). */
export const idFromHref = (href: string): string => href.replace(/\/+$/, "").replace(/^.*\//, "");
