import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import type { Table } from "../../lambdas/database/table.ts";
import { type CallOptions, startCloud } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { runAllScenarios } from "../support/scenarios/all-scenarios.ts";

/** Values that break conversions, keys and the engine's limits. */
const hostileValues: readonly unknown[] = [
  ...["\ud800", "\u0000", "", "x".repeat(2_049), "😀"],
  ...[{ toString: 1 }, { toString: null, valueOf: 1 }, [["x"]], { length: -1 }],
  JSON.parse('{"__proto__": null}'),
];

const hostileKeys = ["\ud800", "", "__proto__", "constructor", "x".repeat(2_049)];

/** The value with one leaf or member replaced, for each place and each hostile value. */
function* mutations(value: unknown): Generator<unknown> {
  yield* hostileValues;
  if (Array.isArray(value))
    for (const [i, item] of value.entries())
      for (const mutated of mutations(item)) yield value.with(i, mutated);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value))
      for (const mutated of mutations(member)) yield { ...value, [key]: mutated };
    for (const key of hostileKeys) yield Object.fromEntries([...Object.entries(value), [key, "x"]]);
  }
}

const withoutIds = (path: string): string => path.replace(/[0-9a-f-]{8,}|\b\d+\b/g, "{id}");

/** Names a method, a route and the members of a body. */
const shapeOf = (method: string, path: string, body: unknown): string =>
  `${method} ${withoutIds(path)} ${JSON.stringify(body, (_, value) =>
    typeof value === "object" ? value : typeof value,
  )}`;

const keyText = (item: Readonly<Record<string, { readonly S?: string | undefined }>>): string =>
  `${item["pk"]?.S}\0${item["sk"]?.S}`;

/** Runs an action, then stores the items of before again. */
async function withRestoredTable(table: Table, act: () => Promise<void>): Promise<void> {
  const before = await readItems(table);
  await act();
  const texts = new Map(before.map((item) => [keyText(item as never), JSON.stringify(item)]));
  const after = await readItems(table);
  const kept = new Set<string>();
  for (const item of after) {
    const key = keyText(item as never);
    kept.add(key);
    if (texts.has(key)) continue;
    const { pk, sk } = item;
    await table.db.send(new DeleteItemCommand({ TableName: table.name, Key: { pk, sk } as never }));
  }
  const unchanged = new Set(after.map((item) => JSON.stringify(item)));
  for (const item of before)
    if (!kept.has(keyText(item as never)) || !unchanged.has(JSON.stringify(item)))
      await table.db.send(new PutItemCommand({ TableName: table.name, Item: item }));
}

test("no value in the body of a scenario's request is answered with a 5xx", async () => {
  const { table, call, token, pass } = await startCloud();
  const seen = new Set<string>();
  const failures = new Set<string>();

  async function ask(method: string, path: string, options: CallOptions = {}) {
    const { body } = options;
    if (typeof body === "object" && body !== null && !(body instanceof Uint8Array)) {
      const shape = shapeOf(method, path, body);
      if (!seen.has(shape)) {
        seen.add(shape);
        await withRestoredTable(table, async () => {
          for (const mutated of mutations(body)) {
            const text = JSON.stringify(mutated);
            const headers = { "content-type": "application/json", ...options.headers };
            const { status } = await call(method, path, { ...options, headers, body: text });
            if (status >= 500)
              failures.add(`${status} ${method} ${withoutIds(path)} ${text.slice(0, 160)}`);
          }
        });
      }
    }
    return call(method, path, options);
  }

  await runAllScenarios({ table, ask, token, pass });
  expect([...failures]).toEqual([]);
  expect(seen.size).toBeGreaterThan(150);
}, 600_000);
