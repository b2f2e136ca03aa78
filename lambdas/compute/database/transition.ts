import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { asMeant, signsOf, slowed } from "../model/fault-injection.ts";
import type { Requester } from "../model/instance-action.ts";
import {
  type Action,
  begin,
  bootOf,
  type Deed,
  gone,
  type Motion,
  objection,
  ruleOf,
} from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import type { Changes, Remade, Remake } from "../model/server-changes.ts";
import { type Appended, appending, lineOf, roomIn } from "./instance-action-log.ts";
import { restingIn } from "./precondition.ts";
import { remaking } from "./server-changes.ts";
import { decode, keyOf, tombstoneLifetime } from "./server-item.ts";

/** How often a transition that may cut a running one short is tried against others that do. */
const tries = 10;

/**
 * Begins `action` in a server, or throws why it may not.
 *
 * One round trip settles the motion that has run out and begins the next: SET reads the item as it
 * was, so `from` takes the old `to`. The condition is `objection` said in DynamoDB, so of any number
 * of callers racing to start a stopped server exactly one gets through. A refused condition explains
 * itself by the item it comes with; an engine that sends none is asked once. Answers with the item as
 * it is now for a delete, which must know what to give back, and with nothing otherwise.
 *
 * An action that may cut another short is refused that way while the other runs; it then goes
 * through on the condition that the motion is still the very one it saw. So does, from the first,
 * one that makes something else of the server, by `remake`, which has to see it; that answers with the
 * item too.
 *
 * The same update adds a line to the server's log; where that is full, room is made, and it is tried
 * again.
 *
 * Each attempt signs its motion: when an answer is lost and the SDK asks again, the condition refuses
 * what it let through before, and the signature tells that it was us.
 */
export async function transition(
  table: Table,
  project: string,
  id: string,
  action: Deed,
  now: Instant,
  by: Requester,
  remake?: Remake,
): Promise<Item | undefined> {
  const { name, db } = table;
  const signature = randomBytes(6).toString("base64url");
  const overLock = by.overLock || ruleOf(action).overLock;
  const answers = action === "delete" || remake !== undefined;
  const command = (over: Settled, log: Appended, really: Action = action): UpdateItemCommand => {
    const { revokes } = ruleOf(really);
    return new UpdateItemCommand({
      TableName: name,
      Key: keyOf(project, id),
      UpdateExpression: `SET #from = ${over.from}, #to = ${over.to}, #action = :action, #due = :due, #updated = :now, #by = :by, ${log.says}${over.booted === null ? "" : ", #booted = :booted"}${revokes ? ", #epoch = if_not_exists(#epoch, :zero) + :one" : ""}${really === "delete" ? ", #expires = :expires" : ""}${over.says ?? ""}`,
      ConditionExpression: `${over.condition} AND ${log.condition}${overLock ? "" : " AND attribute_not_exists(#lockedBy)"}`,
      ExpressionAttributeNames: {
        ...names,
        ...log.names,
        ...(!overLock && { "#lockedBy": "lockedBy" }),
        ...(over.booted !== null && { "#booted": "booted" }),
        ...(revokes && { "#epoch": "epoch" }),
        ...(really === "delete" && { "#expires": "expires" }),
        ...over.names,
      },
      ExpressionAttributeValues: {
        ":action": { S: really },
        ":due": { N: String(over.due) },
        ":now": { N: String(now) },
        ":by": { S: signature },
        ...(really === "delete" && {
          ":expires": { N: String(Math.ceil(over.due / 1000) + tombstoneLifetime) },
        }),
        ...(over.booted !== null && { ":booted": { N: String(over.booted) } }),
        ...(revokes && { ":zero": { N: "0" }, ":one": { N: "1" } }),
        ...over.values,
        ...log.values,
      },
      ReturnValues: answers ? "ALL_NEW" : "NONE",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  };

  let seen: Item | undefined;
  let remade: Remade | undefined;
  const { to, amid } = ruleOf(action);
  // what it leads to has to be seen where it follows from what there is, and what it cuts short
  let next =
    remake || to === "power" || amid
      ? await over(await read())
      : command(atRest(action, now), appending(lineOf(action, now, by, project)));
  for (let tried = 0; tried < tries; tried++) {
    try {
      return (await reaching(db.send(next))).Attributes;
    } catch (cause) {
      // what may have come through after all is not undone
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      seen = (cause.Item as Item | undefined) ?? (await read());
      if (seen?.["by"]?.S === signature) return seen;
      await remade?.undo?.();
      next = await over(seen, cause);
    }
  }
  await remade?.undo?.();
  throw new Fault({ kind: "raced" });

  /** What to try of the item that was seen, or throws what stands against it. */
  async function over(item: Item | undefined, cause?: Error): Promise<UpdateItemCommand> {
    remade = undefined;
    const server = item && decode(item);
    if (!item || !server || gone(server.motion, now))
      throw new Fault({ kind: "no-such", what: whatIsMissing(action, item), id }, { cause });
    if (server.lock && !overLock) throw locked(id, cause);
    const why = objection(action, server, now);
    if (why?.attribute === "host") throw new Fault({ kind: "not-ready", id }, { cause });
    if (why?.attribute === "launched_at")
      throw new Fault({ kind: "never-launched", id, verb: actionVerbs[action] }, { cause });
    if (why)
      throw new Fault({ kind: "wrong-state", id, verb: actionVerbs[action], ...why }, { cause });
    const logged = await roomIn(item, table);
    const begun = (really: Action) => {
      const motion = begin(really, server.motion, now);
      return remake ? slowed(motion, signsOf(server)) : motion;
    };
    const wished = await remake?.(server);
    remade = wished && asMeant(server, action, wished, begun);
    if (remade !== wished) await wished?.undo?.();
    const really = remade?.action ?? action;
    return command(
      inFlight(item, server, begun(really), remade?.changes),
      logged(lineOf(really, now, by, project)),
      really,
    );
  }

  async function read(): Promise<Item | undefined> {
    const { Item } = await reaching(
      db.send(
        new GetItemCommand({ TableName: name, Key: keyOf(project, id), ConsistentRead: true }),
      ),
    );
    return Item;
  }
}

const locked = (id: string, cause?: Error): Fault =>
  new Fault({ kind: "conflict", reason: `Instance ${id} is locked` }, { cause });

const names = {
  "#from": "from",
  "#to": "to",
  "#action": "action",
  "#due": "due",
  "#updated": "updated",
  "#by": "by",
};

interface Settled {
  /** What the new motion leaves and heads for: attributes or values. */
  readonly from: string;
  readonly to: string;
  readonly due: Instant;
  /** When the guest comes up by it; null where it does not. */
  readonly booted: Instant | null;
  /** What else the update says. */
  readonly says?: string;
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** The server rests in a state the rule begins from. */
function atRest(action: Deed, now: Instant): Settled {
  const { to } = ruleOf(action);
  const { condition, names, values } = restingIn(ruleOf(action));
  const origin = { action, from: "active", to: "active", due: now } as const;
  const motion = begin(action, origin, now);
  return {
    from: "#to",
    to: to === "same" ? "#to" : ":to",
    due: motion.due,
    booted: bootOf(motion),
    condition,
    names,
    values: { ...(to !== "same" && { ":to": { S: to } }), ...values },
  };
}

/** The motion seen is still the last that anybody has signed. */
function inFlight({ by }: Item, server: Server, next: Motion, changes: Changes = {}): Settled {
  const remade = remaking(server, changes);
  return {
    from: ":vm",
    to: ":to",
    due: next.due,
    booted: bootOf(next),
    says: remade.says,
    condition: by ? "#by = :seenBy" : "attribute_not_exists(#by)",
    names: remade.names,
    values: {
      ":vm": { S: next.from },
      ":to": { S: next.to },
      ...(by && { ":seenBy": by }),
      ...remade.values,
    },
  };
}

/** os-start and os-stop look a server up in another way, and say so (measured on Nova 26.2.2). */
const whatIsMissing = (action: Deed, item: Item | undefined) =>
  !item && (action === "start" || action === "stop") ? "cell-mapping" : "server";
