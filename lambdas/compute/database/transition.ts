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

const maxTransitionAttempts = 10;

/**
 * Begins `action`, or throws the refusal.
 *
 * One update settles an arrived motion and begins the next: SET reads the item as it was, so `from`
 * takes the old `to`. The condition mirrors `checkPreconditions`, so of concurrent starts exactly
 * one succeeds. A refused condition returns the item, which explains the refusal.
 *
 * Interrupting another action, and `planChange`, need the item: the update then requires the motion
 * that was read. Returns the new item for a delete and with `planChange`.
 *
 * Each attempt signs its motion: when the response is lost and the SDK retries, the condition
 * refuses, and the signature shows that the first attempt succeeded.
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
  // a destination or task that depends on the server must be read first
  let next =
    planChange || to === "power" || requiresTask
      ? await plan(await read())
      : command(planBlind(action, now), appendLine(encodeRequesterLine(action, now, by, project)));
  for (let attempt = 0; attempt < maxTransitionAttempts; attempt++) {
    try {
      return (await orUnavailable(db.send(next))).Attributes;
    } catch (cause) {
      // after any other error the update may have succeeded: nothing is undone
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      storedItem = (cause.Item as Item | undefined) ?? (await read());
      if (storedItem?.["by"]?.S === signature) return storedItem;
      await plannedChange?.compensate?.();
      next = await plan(storedItem, cause);
    }
  }
  await plannedChange?.compensate?.();
  throw new Fault({ kind: "raced" });

  /** Plans the next attempt, or throws the refusal. */
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
  /** `from` and `to` are placeholders of attributes or values. */
  readonly from: string;
  readonly to: string;
  readonly due: Instant;
  /** null where the guest does not boot. */
  readonly booted: Instant | null;
  readonly extraUpdate?: string;
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** For a server at rest in a state of the rule. */
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

/** Requires the signature of the motion that was read. */
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

/** os-start and os-stop use another lookup (measured on Nova 26.2.2). */
const missingResource = (action: RequestedAction, item: Item | undefined) =>
  !item && (action === "start" || action === "stop") ? "cell-mapping" : "server";
