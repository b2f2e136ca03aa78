import type { Page } from "../domain/answers.ts";
import { malformed } from "../domain/fault.ts";

/** nova/conf/api.py:219 max_limit. */
export const longestPage = 1_000;

export const limitSchema = {
  type: "array",
  items: { type: ["integer", "string"], pattern: "^[0-9]*$", minimum: 0, minLength: 1 },
} as const;

export const pageSchema = {
  type: "object",
  properties: {
    limit: limitSchema,
    marker: { type: "array", items: { type: "string" } },
    minDisk: { type: "array", items: { type: "string", pattern: "^[0-9]+$" } },
    minRam: { type: "array", items: { type: "string", pattern: "^[0-9]+$" } },
  },
  additionalProperties: true,
} as const;

interface Listed {
  readonly id: string;
  readonly ram?: number;
  readonly disk?: number;
}

/** The page of a fixed list that a query asks for: `minRam`, `minDisk`, `limit`, `marker`. */
export function page<Item extends Listed>(
  all: readonly Item[],
  query: URLSearchParams,
): Page<Item> {
  const fitting = all.filter(
    (item) =>
      (item.ram ?? 0) >= Number(item.ram === undefined ? 0 : query.get("minRam")) &&
      (item.disk ?? 0) >= Number(item.disk === undefined ? 0 : query.get("minDisk")),
  );
  const marker = query.get("marker");
  const start = marker === null ? 0 : fitting.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) throw malformed(`marker [${marker}] not found`);
  const limit = Math.min(Number(query.get("limit") ?? longestPage), longestPage);
  return { items: fitting.slice(start, start + limit), limit };
}
