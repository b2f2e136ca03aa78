import {
  ConditionalCheckFailedException,
  GetItemCommand,
  type ReturnValue,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault, noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Meddling } from "../model/action-verbs.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { gone, observe, type VmState } from "../model/lifecycle.ts";
import { decode, keyOf } from "./server-item.ts";

/** How often a change that others make way for is tried anew. */
const tries = 10;

/** The states in which what hangs on a server may change, whatever its task (E-13, server_tags.py:55). */
const settled = ["active", "paused", "suspended", "stopped"] as const satisfies VmState[];

export interface Change {
  /** An update expression; without one nothing is to be changed, if only it might be. */
  readonly update?: string;
  readonly condition?: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values?: Item;
}

export interface Changing {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly now: Instant;
  readonly meddling: Meddling;
  /** Whether a lock is no hindrance. */
  readonly overLock: boolean;
  readonly returns: ReturnValue;
}

/**
 * Changes something that hangs on a server, where the server's state lets one: one conditional update.
 * Where that is refused, `change` is told what is there, and refuses in its turn or says what to try
 * now; null for what it cannot say without. Answers with what the update returns.
 */
export async function changed(
  { table: { name: TableName, db }, project, id, now, meddling, overLock, returns }: Changing,
  change: (seen: Item | null) => Change | null,
): Promise<Item> {
  const Key = keyOf(project, id);
  let next = change(null);
  if (next === null) next = change(await seen());
  for (let tried = 0; tried < tries && next; tried++) {
    const { update, condition, names, values } = next;
    const conditions = [
      isSettled,
      ...(overLock ? [] : [isFree]),
      ...(condition ? [`(${condition})`] : []),
    ];
    try {
      const { Attributes } = await reaching(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            ...(update !== undefined && { UpdateExpression: update }),
            ConditionExpression: conditions.join(" AND "),
            ExpressionAttributeNames: {
              ...settledNames,
              ...(!overLock && { "#lockedBy": lockedAttribute }),
              ...names,
            },
            ExpressionAttributeValues: { ...settledValues(now), ...values },
            ReturnValues: returns,
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        ),
      );
      return Attributes ?? {};
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      next = change(cause.Item ? checked(cause.Item) : await seen());
    }
  }
  throw new Fault({ kind: "raced" });

  async function seen(): Promise<Item> {
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    if (!Item) throw noSuch("server", id);
    return checked(Item);
  }

  function checked(item: Item): Item {
    const { motion } = decode(item);
    if (gone(motion, now)) throw noSuch("server", id);
    if (!overLock && item[lockedAttribute])
      throw new Fault({ kind: "conflict", reason: `Instance ${id} is locked` });
    const { vm } = observe(motion, now);
    if (settled.some((state) => state === vm)) return item;
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[meddling],
      attribute: "vm_state",
      state: vm,
    });
  }
}

/** There while somebody has the server locked (E-05). */
const lockedAttribute = "lockedBy";

const isFree = "attribute_not_exists(#lockedBy)";

const states = settled.map((_, i) => `:settled${i}`).join(", ");
const isSettled = `((#due <= :now AND #to IN (${states})) OR (#due > :now AND #from IN (${states})))`;
const settledNames = { "#due": "due", "#to": "to", "#from": "from" };
const settledValues = (now: Instant): Item => ({
  ":now": { N: String(now) },
  ...Object.fromEntries(settled.map((state, i) => [`:settled${i}`, { S: state }])),
});
