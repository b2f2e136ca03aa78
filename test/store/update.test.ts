import { expect, test } from "vitest";
import { putItem, readItem, update } from "../../lambdas/database/update.ts";
import { openTestTable } from "../support/cloud.ts";

const key = { pk: { S: "P" }, sk: { S: "S" } };
const exists = { when: ["attribute_exists(pk)"] };
const number = (value: number) => ({ N: String(value) });

test("fragments merge into one update", async () => {
  const table = await openTestTable();
  await putItem(table, { ...key, n: number(1), unused: { S: "x" }, tags: { SS: ["a", "b"] } });
  const outcome = await update(
    table,
    key,
    [
      exists,
      { set: ["#a = :a"], names: { "#a": "a" }, values: { ":a": { S: "1" } } },
      { set: ["b = :b"], when: ["n = :one"], values: { ":b": { S: "2" }, ":one": number(1) } },
      { add: ["n :one"], delete: ["tags :tags"], values: { ":one": number(1) } },
      { remove: ["unused"], values: { ":tags": { SS: ["a"] } } },
      {},
    ],
    { returns: "ALL_NEW" },
  );
  const expected = { ...key, n: number(2), tags: { SS: ["b"] }, a: { S: "1" }, b: { S: "2" } };
  expect(outcome).toEqual({ updated: true, item: expected });
  expect(await readItem(table, key)).toEqual(expected);
});

test("a placeholder with two values is an error, and nothing is written", async () => {
  const table = await openTestTable();
  const assign = (value: string) => ({ set: ["a = :a"], values: { ":a": { S: value } } });
  await expect(update(table, key, [assign("1"), assign("2")])).rejects.toThrow(":a");
  const names = [{ names: { "#a": "a" } }, { set: ["#a = :a"], names: { "#a": "b" } }];
  await expect(update(table, key, names)).rejects.toThrow("#a");
  expect(await readItem(table, key)).toBeUndefined();
});

test("a refused condition returns the stored item", async () => {
  const table = await openTestTable();
  const item = { ...key, n: number(1) };
  await putItem(table, item);
  const outcome = await update(table, key, [
    { set: ["n = :n"], when: ["n = :seen"], values: { ":n": number(3), ":seen": number(2) } },
  ]);
  if (outcome.updated) throw new Error("the condition held");
  expect(await outcome.seen()).toEqual(item);
  expect(await readItem(table, key)).toEqual(item);
});

test("a condition refused for want of an item returns none, and creates none", async () => {
  const table = await openTestTable();
  const outcome = await update(table, key, [
    exists,
    { set: ["n = :n"], values: { ":n": number(3) } },
  ]);
  if (outcome.updated) throw new Error("the condition held");
  expect(await outcome.seen()).toBeUndefined();
  expect(await readItem(table, key)).toBeUndefined();
});

test.each([
  [1, true],
  [2, true],
  [3, false],
])("for n = %i, the condition n = 1 OR n = 2 holds: %s", async (n, holds) => {
  const table = await openTestTable();
  await putItem(table, { ...key, n: number(n) });
  const either = {
    when: ["(n = :one OR n = :two)"],
    values: { ":one": number(1), ":two": number(2) },
  };
  const alone = await update(table, key, [either]);
  const beside = await update(table, key, [exists, either, { when: ["attribute_exists(n)"] }]);
  expect([alone.updated, beside.updated]).toEqual([holds, holds]);
});

test("a conditional put returns whether it wrote", async () => {
  const table = await openTestTable();
  const absent = { when: ["attribute_not_exists(pk)"] };
  expect(await putItem(table, { ...key, n: number(1) }, absent)).toBe(true);
  expect(await putItem(table, { ...key, n: number(2) }, absent)).toBe(false);
  expect(await readItem(table, key)).toEqual({ ...key, n: number(1) });
});
