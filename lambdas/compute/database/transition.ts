import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { applyFaultHints, faultHints, withDelay } from "../model/fault-injection.ts";
import type { Requester } from "../model/instance-action.ts";
import {
  type Action,
  beginMotion,
  failedPrecondition,
  guestBootsAt,
  isDeleted,
  type Motion,
  type RequestedAction,
  ruleOf,
} from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import type { PlanChange, PlannedChange, ServerChanges } from "../model/server-changes.ts";
import {
  appendLine,
  encodeRequesterLine,
  ensureLogRoom,
  type LogFragment,
} from "./instance-action-log.ts";
import { preconditionFragment } from "./precondition.ts";
import { changesFragment } from "./server-changes.ts";
import { decodeServer, serverKey, tombstoneTtlSeconds } from "./server-item.ts";

/** How often a transition that may cut a running one short is tried against others that do. */
const maxTransitionAttempts = 10;

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
  action: RequestedAction,
  now: Instant,
  by: Requester,
  planChange?: PlanChange,
): Promise<Item | undefined> {
  const { name, db } = table;
  const signature = randomBytes(6).toString("base64url");
  const canOverrideLock = by.canOverrideLock || ruleOf(action).ignoresLock;
  const isItemReturned = action === "delete" || planChange !== undefined;
  const command = (
    plan: TransitionPlan,
    log: LogFragment,
    effectiveAction: Action = action,
  ): UpdateItemCommand => {
    const { revokesConsoles } = ruleOf(effectiveAction);
    return new UpdateItemCommand({
      TableName: name,
      Key: serverKey(project, id),
      UpdateExpression: `SET #from = ${plan.from}, #to = ${plan.to}, #action = :action, #due = :due, #updated = :now, #by = :by, ${log.set}${plan.booted === null ? "" : ", #booted = :booted"}${revokesConsoles ? ", #epoch = if_not_exists(#epoch, :zero) + :one" : ""}${effectiveAction === "delete" ? ", #expires = :expires" : ""}${plan.extraUpdate ?? ""}`,
      ConditionExpression: `${plan.condition} AND ${log.condition}${canOverrideLock ? "" : " AND attribute_not_exists(#lockedBy)"}`,
      ExpressionAttributeNames: {
        ...transitionNames,
        ...log.names,
        ...(!canOverrideLock && { "#lockedBy": "lockedBy" }),
        ...(plan.booted !== null && { "#booted": "booted" }),
        ...(revokesConsoles && { "#epoch": "epoch" }),
        ...(effectiveAction === "delete" && { "#expires": "expires" }),
        ...plan.names,
      },
      ExpressionAttributeValues: {
        ":action": { S: effectiveAction },
        ":due": { N: String(plan.due) },
        ":now": { N: String(now) },
        ":by": { S: signature },
        ...(effectiveAction === "delete" && {
          ":expires": { N: String(Math.ceil(plan.due / 1000) + tombstoneTtlSeconds) },
        }),
        ...(plan.booted !== null && { ":booted": { N: String(plan.booted) } }),
        ...(revokesConsoles && { ":zero": { N: "0" }, ":one": { N: "1" } }),
        ...plan.values,
        ...log.values,
      },
      ReturnValues: isItemReturned ? "ALL_NEW" : "NONE",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  };

  let storedItem: Item | undefined;
  let plannedChange: PlannedChange | undefined;
  const { to, requiresTask } = ruleOf(action);
  // what it leads to has to be seen where it follows from what there is, and what it cuts short
  let next =
    planChange || to === "power" || requiresTask
      ? await plan(await read())
      : command(planBlind(action, now), appendLine(encodeRequesterLine(action, now, by, project)));
  for (let attempt = 0; attempt < maxTransitionAttempts; attempt++) {
    try {
      return (await orUnavailable(db.send(next))).Attributes;
    } catch (cause) {
      // what may have come through after all is not undone
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      storedItem = (cause.Item as Item | undefined) ?? (await read());
      if (storedItem?.["by"]?.S === signature) return storedItem;
      await plannedChange?.compensate?.();
      next = await plan(storedItem, cause);
    }
  }
  await plannedChange?.compensate?.();
  throw new Fault({ kind: "raced" });

  /** What to try of the item that was seen, or throws what stands against it. */
  async function plan(item: Item | undefined, cause?: Error): Promise<UpdateItemCommand> {
    plannedChange = undefined;
    const server = item && decodeServer(item);
    if (!item || !server || isDeleted(server.motion, now))
      throw new Fault({ kind: "no-such", what: missingResource(action, item), id }, { cause });
    if (server.lock && !canOverrideLock) throw lockedFault(id, cause);
    const failure = failedPrecondition(action, server, now);
    if (failure?.attribute === "host") throw new Fault({ kind: "not-ready", id }, { cause });
    if (failure?.attribute === "launched_at")
      throw new Fault({ kind: "never-launched", id, verb: actionVerbs[action] }, { cause });
    if (failure)
      throw new Fault(
        { kind: "wrong-state", id, verb: actionVerbs[action], ...failure },
        { cause },
      );
    const logFragment = await ensureLogRoom(item, table);
    const motionOf = (effectiveAction: Action) => {
      const motion = beginMotion(effectiveAction, server.motion, now);
      return planChange ? withDelay(motion, faultHints(server)) : motion;
    };
    const requestedChange = await planChange?.(server);
    plannedChange = requestedChange && applyFaultHints(server, action, requestedChange, motionOf);
    if (plannedChange !== requestedChange) await requestedChange?.compensate?.();
    const effectiveAction = plannedChange?.action ?? action;
    return command(
      planFrom(item, server, motionOf(effectiveAction), plannedChange?.changes),
      logFragment(encodeRequesterLine(effectiveAction, now, by, project)),
      effectiveAction,
    );
  }

  async function read(): Promise<Item | undefined> {
    const { Item } = await orUnavailable(
      db.send(
        new GetItemCommand({ TableName: name, Key: serverKey(project, id), ConsistentRead: true }),
      ),
    );
    return Item;
  }
}

const lockedFault = (id: string, cause?: Error): Fault =>
  new Fault({ kind: "conflict", reason: `Instance ${id} is locked` }, { cause });

const transitionNames = {
  "#from": "from",
  "#to": "to",
  "#action": "action",
  "#due": "due",
  "#updated": "updated",
  "#by": "by",
};

interface TransitionPlan {
  /** What the new motion leaves and heads for: attributes or values. */
  readonly from: string;
  readonly to: string;
  readonly due: Instant;
  /** When the guest comes up by it; null where it does not. */
  readonly booted: Instant | null;
  /** What else the update says. */
  readonly extraUpdate?: string;
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** The server rests in a state the rule begins from. */
function planBlind(action: RequestedAction, now: Instant): TransitionPlan {
  const { to } = ruleOf(action);
  const { condition, names, values } = preconditionFragment(ruleOf(action));
  const origin = { action, from: "active", to: "active", due: now } as const;
  const motion = beginMotion(action, origin, now);
  return {
    from: "#to",
    to: to === "same" ? "#to" : ":to",
    due: motion.due,
    booted: guestBootsAt(motion),
    condition,
    names,
    values: { ...(to !== "same" && { ":to": { S: to } }), ...values },
  };
}

/** The motion seen is still the last that anybody has signed. */
function planFrom(
  { by }: Item,
  server: Server,
  next: Motion,
  changes: ServerChanges = {},
): TransitionPlan {
  const fragment = changesFragment(server, changes);
  return {
    from: ":vm",
    to: ":to",
    due: next.due,
    booted: guestBootsAt(next),
    extraUpdate: fragment.expression,
    condition: by ? "#by = :seenBy" : "attribute_not_exists(#by)",
    names: fragment.names,
    values: {
      ":vm": { S: next.from },
      ":to": { S: next.to },
      ...(by && { ":seenBy": by }),
      ...fragment.values,
    },
  };
}

/** os-start and os-stop look a server up in another way, and say so (measured on Nova 26.2.2). */
const missingResource = (action: RequestedAction, item: Item | undefined) =>
  !item && (action === "start" || action === "stop") ? "cell-mapping" : "server";
