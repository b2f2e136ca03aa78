import { isTrue, keystoneQuery } from "../core/booleans.ts";

interface ListCall {
  readonly origin: string;
  readonly query: URLSearchParams;
}

/** All items, whatever `limit` is. */
export const toKeystoneList = (
  name: string,
  items: readonly unknown[],
  { origin, query }: ListCall,
  path: string = name,
) => ({
  [name]: items,
  links: {
    self: `${origin}/identity/v3/${path}${query.size > 0 ? `?${query}` : ""}`,
    previous: null,
    next: null,
  },
});

/** Ends of a filter's name (keystone/common/driver_hints.py). */
const comparators: Readonly<Record<string, (value: string, text: string) => boolean>> = {
  contains: (value, text) => value.includes(text),
  icontains: (value, text) => value.toLowerCase().includes(text.toLowerCase()),
  startswith: (value, text) => value.startsWith(text),
  istartswith: (value, text) => value.toLowerCase().startsWith(text.toLowerCase()),
  endswith: (value, text) => value.endsWith(text),
  iendswith: (value, text) => value.toLowerCase().endsWith(text.toLowerCase()),
};

/** Ignores unknown parameters. */
export function applyFilters<Item extends object>(
  items: readonly Item[],
  query: URLSearchParams,
  fields: readonly (keyof Item & string)[],
): Item[] {
  const wanted = [...query].flatMap(([key, text]) => {
    const [name, comparator] = key.split("__");
    const field = fields.find((one) => one === name);
    return field ? [{ field, comparator, text }] : [];
  });
  return items.filter((item) =>
    wanted.every(({ field, comparator, text }) => {
      const value = item[field];
      if (typeof value === "boolean") return value === isFlagSet(text);
      const fieldText = String(value ?? "");
      if (comparator === undefined) return fieldText === text;
      return comparators[comparator]?.(fieldText, text) ?? true;
    }),
  );
}

/** Present means true, unless the value means false. */
export const isFlagSet = (text: string | null): boolean =>
  text !== null && isTrue(keystoneQuery, text);
