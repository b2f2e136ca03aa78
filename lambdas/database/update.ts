import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type ReturnValue,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "./item.ts";
import { orFault, type Table } from "./table.ts";

/** A part of an update: clauses, conditions and their placeholders. */
export interface Fragment {
  /** Assignments: `#a = :a`. */
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly add?: readonly string[];
  readonly delete?: readonly string[];
  /**
   * Conditions, joined by AND. A condition with OR brings its own parentheses: DynamoDB refuses
   * redundant ones.
   */
  readonly when?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

export type Outcome =
  | { readonly updated: true; readonly item: Item | undefined }
  /** A condition was false. */
  | {
      readonly updated: false;
      readonly cause: Error;
      /**
       * The stored item, undefined where there is none. Reads it where the engine returned none.
       * @calls GetItem
       */
      seen(): Promise<Item | undefined>;
    };

/**
 * Sends one UpdateItem made of fragments. Throws on a placeholder with two values, and
 * `unavailable`.
 * @calls UpdateItem
 */
export async function update(
  table: Table,
  key: Item,
  fragments: readonly Fragment[],
  { returns = "NONE" }: { readonly returns?: ReturnValue } = {},
): Promise<Outcome> {
  const clauses = (["set", "remove", "add", "delete"] as const).flatMap((clause) => {
    const parts = fragments.flatMap((fragment) => fragment[clause] ?? []);
    return parts.length > 0 ? [`${clause.toUpperCase()} ${parts.join(", ")}`] : [];
  });
  const when = fragments.flatMap((fragment) => fragment.when ?? []);
  const names = merge(fragments.map((fragment) => fragment.names));
  const values = merge(fragments.map((fragment) => fragment.values));
  try {
    const { Attributes } = await orFault(
      table.db.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: key,
          ...(clauses.length > 0 && { UpdateExpression: clauses.join(" ") }),
          ...(when.length > 0 && {
            ConditionExpression: when.join(" AND "),
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
          ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
          ReturnValues: returns,
        }),
      ),
    );
    return { updated: true, item: Attributes };
  } catch (cause) {
    if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
    return { updated: false, cause, seen: async () => cause.Item ?? readItem(table, key) };
  }
}

/**
 * Writes an item. Returns whether the conditions held.
 * @calls PutItem
 */
export async function putItem(
  table: Table,
  item: Item,
  condition: Pick<Fragment, "when" | "values"> = {},
): Promise<boolean> {
  return (await sendPut(table, item, condition)) === null;
}

/**
 * The same, but knows its own write again by a nonce: the SDK repeats a command whose response was
 * lost, and the repetition finds the conditions broken.
 * @calls PutItem
 */
export async function putOnce(
  table: Table,
  item: Item,
  condition: Pick<Fragment, "when" | "values">,
): Promise<boolean> {
  const nonce = createNonce();
  const refused = await sendPut(table, { ...item, nonce: { S: nonce } }, condition);
  if (refused === null) return true;
  const stored =
    refused.Item ?? (await readItem(table, { pk: item["pk"], sk: item["sk"] } as Item));
  return stored?.["nonce"]?.S === nonce;
}

/** 72 random bits. */
export const createNonce = (): string => randomBytes(9).toString("base64url");

/** Returns null for a written item. */
async function sendPut(
  table: Table,
  item: Item,
  { when = [], values }: Pick<Fragment, "when" | "values">,
): Promise<ConditionalCheckFailedException | null> {
  try {
    await orFault(
      table.db.send(
        new PutItemCommand({
          TableName: table.name,
          Item: item,
          ...(when.length > 0 && {
            ConditionExpression: when.join(" AND "),
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
    return null;
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) return cause;
    throw cause;
  }
}

/**
 * Deletes an item. Returns whether the conditions held; a missing item holds none.
 * @calls DeleteItem
 */
export async function deleteItem(
  table: Table,
  key: Item,
  { when = [], values }: Pick<Fragment, "when" | "values"> = {},
): Promise<boolean> {
  try {
    await orFault(
      table.db.send(
        new DeleteItemCommand({
          TableName: table.name,
          Key: key,
          ...(when.length > 0 && { ConditionExpression: when.join(" AND ") }),
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
    return true;
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) return false;
    throw cause;
  }
}

/**
 * Reads strongly consistently.
 * @calls GetItem
 */
export async function readItem(table: Table, key: Item): Promise<Item | undefined> {
  const { Item } = await orFault(
    table.db.send(new GetItemCommand({ TableName: table.name, Key: key, ConsistentRead: true })),
  );
  return Item;
}

function merge<Value>(
  parts: readonly (Readonly<Record<string, Value>> | undefined)[],
): Record<string, Value> {
  const merged: Record<string, Value> = {};
  for (const [placeholder, value] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    const before = merged[placeholder];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value))
      throw new Error(`Two fragments of an update define ${placeholder} differently.`);
    merged[placeholder] = value;
  }
  return merged;
}
