import {
  ConditionalCheckFailedException,
  GetItemCommand,
  type ReturnValue,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { SideChange } from "../model/action-verbs.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { isDeleted, observe, type VmState } from "../model/lifecycle.ts";
import { decodeServer, serverKey } from "./server-item.ts";

const maxChangeAttempts = 10;

/** vm_states for changes, with any task (E-13, nova/api/openstack/compute/server_tags.py:55). */
const changeableStates = ["active", "paused", "suspended", "stopped"] as const satisfies VmState[];

export interface AttributeChange {
  /** Without one, only checks the conditions. */
  readonly update?: string;
  readonly condition?: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values?: Item;
}

export interface UpdateAttributesOptions {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly now: Instant;
  readonly sideChange: SideChange;
  readonly canOverrideLock: boolean;
  readonly returnValues: ReturnValue;
}

/**
 * Changes side attributes by one conditional update. `planChange` gets null before a read, and
 * returns null to require one; after a refused condition it gets the stored item, and throws or
 * returns the next attempt. Returns the attributes of `returnValues`. Throws `no-such`, `conflict`,
 * `wrong-state` and `raced`.
 */
export async function updateAttributes(
  {
    table: { name: TableName, db },
    project,
    id,
    now,
    sideChange,
    canOverrideLock,
    returnValues,
  }: UpdateAttributesOptions,
  planChange: (seen: Item | null) => AttributeChange | null,
): Promise<Item> {
  const Key = serverKey(project, id);
  let next = planChange(null);
  if (next === null) next = planChange(await seen());
  for (let attempt = 0; attempt < maxChangeAttempts && next; attempt++) {
    const { update, condition, names, values } = next;
    const conditions = [
      changeableCondition,
      ...(canOverrideLock ? [] : [unlockedCondition]),
      ...(condition ? [`(${condition})`] : []),
    ];
    try {
      const { Attributes } = await orUnavailable(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            ...(update !== undefined && { UpdateExpression: update }),
            ConditionExpression: conditions.join(" AND "),
            ExpressionAttributeNames: {
              ...changeableNames,
              ...(!canOverrideLock && { "#lockedBy": lockedAttribute }),
              ...names,
            },
            ExpressionAttributeValues: { ...changeableValues(now), ...values },
            ReturnValues: returnValues,
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        ),
      );
      return Attributes ?? {};
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      next = planChange(cause.Item ? assertChangeable(cause.Item) : await seen());
    }
  }
  throw new Fault({ kind: "raced" });

  async function seen(): Promise<Item> {
    const { Item } = await orUnavailable(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    if (!Item) throw notFound("server", id);
    return assertChangeable(Item);
  }

  function assertChangeable(item: Item): Item {
    const { motion } = decodeServer(item);
    if (isDeleted(motion, now)) throw notFound("server", id);
    if (!canOverrideLock && item[lockedAttribute])
      throw new Fault({ kind: "conflict", reason: `Instance ${id} is locked` });
    const { vm } = observe(motion, now);
    if (changeableStates.some((state) => state === vm)) return item;
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[sideChange],
      attribute: "vm_state",
      state: vm,
    });
  }
}

/** Present on a locked server (E-05). */
const lockedAttribute = "lockedBy";

const unlockedCondition = "attribute_not_exists(#lockedBy)";

const statePlaceholders = changeableStates.map((_, i) => `:settled${i}`).join(", ");
const changeableCondition = `((#due <= :now AND #to IN (${statePlaceholders})) OR (#due > :now AND #from IN (${statePlaceholders})))`;
const changeableNames = { "#due": "due", "#to": "to", "#from": "from" };
const changeableValues = (now: Instant): Item => ({
  ":now": { N: String(now) },
  ...Object.fromEntries(changeableStates.map((state, i) => [`:settled${i}`, { S: state }])),
});
