import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../domain/fault.ts";
import type { Requester } from "../domain/instance-action.ts";
import {
  type Action,
  begin,
  gone,
  type Instant,
  type Motion,
  objection,
  observe,
  ruleOf,
} from "../domain/lifecycle.ts";
import { decode, type Item, keyOf, tombstoneLifetime } from "./server-item.ts";
import { type Appended, appending, lineOf, logAttribute } from "./server-log.ts";
import { reaching, type Table } from "./table.ts";

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
 * through on the condition that the motion is still the very one it saw.
 *
 * The same update adds a line to the server's log.
 *
 * Each attempt signs its motion: when an answer is lost and the SDK asks again, the condition refuses
 * what it let through before, and the signature tells that it was us.
 */
export async function transition(
  { name, db }: Table,
  project: string,
  id: string,
  action: Action,
  now: Instant,
  by: Requester,
): Promise<Item | undefined> {
  const signature = randomBytes(6).toString("base64url");
  const { due } = begin(action, "active", now);
  const line = lineOf(action, now, by, project);
  const { to, boots, revokes } = ruleOf(action);
  const command = (over: Settled, log: Appended): UpdateItemCommand =>
    new UpdateItemCommand({
      TableName: name,
      Key: keyOf(project, id),
      UpdateExpression: `SET #from = ${over.from}, #to = ${to === "same" ? over.from : ":to"}, #action = :action, #due = :due, #updated = :now, #by = :by, #log = ${log.becomes}${boots ? ", #booted = :due" : ""}${revokes ? ", #epoch = if_not_exists(#epoch, :zero) + :one" : ""}${action === "delete" ? ", #expires = :expires" : ""}`,
      ConditionExpression: `${over.condition} AND ${log.condition}${by.overLock ? "" : " AND attribute_not_exists(#lockedBy)"}`,
      ExpressionAttributeNames: {
        ...names,
        ...(!by.overLock && { "#lockedBy": "lockedBy" }),
        ...(boots && { "#booted": "booted" }),
        ...(revokes && { "#epoch": "epoch" }),
        ...(action === "delete" && { "#expires": "expires" }),
      },
      ExpressionAttributeValues: {
        ...(to !== "same" && { ":to": { S: to } }),
        ":action": { S: action },
        ":due": { N: String(due) },
        ":now": { N: String(now) },
        ":by": { S: signature },
        ...(action === "delete" && {
          ":expires": { N: String(Math.ceil(due / 1000) + tombstoneLifetime) },
        }),
        ...(revokes && { ":zero": { N: "0" }, ":one": { N: "1" } }),
        ...over.values,
        ...log.values,
      },
      ReturnValues: action === "delete" ? "ALL_NEW" : "NONE",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });

  let next = command(atRest(action), appending(line));
  for (let tried = 0; tried < tries; tried++) {
    try {
      return (await reaching(db.send(next))).Attributes;
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      const item = (cause.Item as Item | undefined) ?? (await read());
      if (item?.["by"]?.S === signature) return item;
      const { motion, lock } = item ? decode(item) : missing;
      if (!motion || gone(motion, now))
        throw new Fault({ kind: "no-such", what: whatIsMissing(action, item), id }, { cause });
      if (lock && !by.overLock) throw locked(id, cause);
      const why = objection(action, motion, now);
      if (why?.attribute === "host") throw new Fault({ kind: "not-ready", id }, { cause });
      if (why) throw new Fault({ kind: "wrong-state", id, action, ...why }, { cause });
      next = command(inFlight(motion, now), appending(line, item));
    }
  }
  throw new Fault({ kind: "raced" });

  async function read(): Promise<Item | undefined> {
    const { Item } = await reaching(
      db.send(
        new GetItemCommand({ TableName: name, Key: keyOf(project, id), ConsistentRead: true }),
      ),
    );
    return Item;
  }
}

const missing = { motion: null, lock: null };

const locked = (id: string, cause: Error): Fault =>
  new Fault({ kind: "conflict", reason: `Instance ${id} is locked` }, { cause });

const names = {
  "#from": "from",
  "#to": "to",
  "#action": "action",
  "#due": "due",
  "#updated": "updated",
  "#by": "by",
  "#log": logAttribute,
};

interface Settled {
  /** What the new motion leaves: the attribute or the value. */
  readonly from: string;
  readonly condition: string;
  readonly values: Item;
}

/** The server rests in a state the rule begins from. */
function atRest(action: Action): Settled {
  const origins = ruleOf(action).from.map((state, i) => [`:from${i}`, { S: state }] as const);
  return {
    from: "#to",
    condition: `#due <= :now AND #to IN (${origins.map(([placeholder]) => placeholder).join(", ")})`,
    values: Object.fromEntries(origins),
  };
}

/** The motion seen is still the one under way (or, when it was at rest after all, the last). */
function inFlight(seen: Motion, now: Instant): Settled {
  return {
    from: ":vm",
    condition: "#due = :seenDue AND #action = :seenAction AND #to = :seenTo",
    values: {
      ":vm": { S: observe(seen, now).vm },
      ":seenDue": { N: String(seen.due) },
      ":seenAction": { S: seen.action },
      ":seenTo": { S: seen.to },
    },
  };
}

/** os-start and os-stop look a server up in another way, and say so (measured on Nova 26.2.2). */
const whatIsMissing = (action: Action, item: Item | undefined) =>
  !item && (action === "start" || action === "stop") ? "cell-mapping" : "server";
