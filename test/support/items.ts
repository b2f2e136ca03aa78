import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "vitest";
import type { Table } from "../../lambdas/database/table.ts";

export async function readItems({ name, db }: Table) {
  const { Items = [] } = await db.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  const keyOf = (item: (typeof Items)[number]) => `${item["pk"]?.S}\0${item["sk"]?.S}`;
  return Items.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Drops the marks of a quota counter: each change leaves one (docs/decisions/0005). */
export const withoutMarks = (item: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !/^m\d+$/.test(name)));

export async function expectUnchanged<Result>(
  table: Table,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = await readItems(table);
  const result = await act();
  expect((await readItems(table)).map(withoutMarks)).toEqual(before.map(withoutMarks));
  return result;
}
