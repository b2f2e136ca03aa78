interface Asked {
  readonly origin: string;
  readonly query: URLSearchParams;
}

/** A Keystone list: all items, whatever `limit` is. */
export const listSources = (
  name: string,
  items: readonly unknown[],
  { origin, query }: Asked,
  path: string = name,
) => ({
  [name]: items,
  links: {
    self: `${origin}/identity/v3/${path}${query.size > 0 ? `?${query}` : ""}`,
    previous: null,
    next: null,
  },
});

/** Comparators at the end of a filter's name (keystone/common/driver_hints.py). */
const comparators: Readonly<Record<string, (value: string, asked: string) => boolean>> = {
  contains: (value, asked) => value.includes(asked),
  icontains: (value, asked) => value.toLowerCase().includes(asked.toLowerCase()),
  startswith: (value, asked) => value.startsWith(asked),
  istartswith: (value, asked) => value.toLowerCase().startsWith(asked.toLowerCase()),
  endswith: (value, asked) => value.endsWith(asked),
  iendswith: (value, asked) => value.toLowerCase().endsWith(asked.toLowerCase()),
};

/** Items that match the query's known fields; other parameters are ignored. */
export function fitting<Item extends object>(
  items: readonly Item[],
  query: URLSearchParams,
  fields: readonly (keyof Item & string)[],
): Item[] {
  const wanted = [...query].flatMap(([key, asked]) => {
    const [name, comparator] = key.split("__");
    const field = fields.find((one) => one === name);
    return field ? [{ field, comparator, asked }] : [];
  });
  return items.filter((item) =>
    wanted.every(({ field, comparator, asked }) => {
      const value = item[field];
      if (typeof value === "boolean") return value === isTrue(asked);
      const text = String(value ?? "");
      if (comparator === undefined) return text === asked;
      return comparators[comparator]?.(text, asked) ?? true;
    }),
  );
}

/** Keystone's flag: present means true, unless its value means false. */
export const isTrue = (asked: string | null): boolean =>
  asked !== null && !/^(0|false|f|no|n|off)$/i.test(asked);
