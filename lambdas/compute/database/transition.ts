import { randomBytes } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { type Fragment, readItem, update } from "../../database/update.ts";
import { lost, optimistic } from "../../ports/optimistic.ts";
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
import { appendLine, encodeRequesterLine, ensureLogRoom } from "./instance-action-log.ts";
import { preconditionFragment } from "./precondition.ts";
import { changesFragment } from "./server-changes.ts";
import { decodeServer, serverKey, tombstoneTtlSeconds } from "./server-item.ts";

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
  const key = serverKey(project, id);
  const signature = randomBytes(6).toString("base64url");
  const canOverrideLock = by.canOverrideLock || ruleOf(action).ignoresLock;
  const returns = action === "delete" || planChange !== undefined ? "ALL_NEW" : "NONE";
  const fragmentsOf = (
    { from, to, motion, fragments }: TransitionPlan,
    log: Fragment,
    effectiveAction: Action = action,
  ): Fragment[] => {
    const booted = guestBootsAt(motion);
    return [
      {
        set: [
          `#from = ${from}`,
          `#to = ${to}`,
          "#action = :action",
          "#due = :due",
          "#updated = :now",
          "#by = :by",
        ],
        names: transitionNames,
        values: {
          ":action": { S: effectiveAction },
          ":due": { N: String(motion.due) },
          ":now": { N: String(now) },
          ":by": { S: signature },
        },
      },
      ...fragments,
      log,
      ...(canOverrideLock ? [] : [unlockedFragment]),
      ...(booted === null ? [] : [assignment("booted", booted)]),
      ...(ruleOf(effectiveAction).revokesConsoles ? [nextEpochFragment] : []),
      ...(effectiveAction === "delete"
        ? [assignment("expires", Math.ceil(motion.due / 1000) + tombstoneTtlSeconds)]
        : []),
    ];
  };

  let plannedChange: PlannedChange | undefined;
  const { to, requiresTask } = ruleOf(action);
  // a destination or task that depends on the server must be read first
  let next =
    planChange || to === "power" || requiresTask
      ? await plan(await readItem(table, key))
      : fragmentsOf(
          planBlind(action, now),
          appendLine(encodeRequesterLine(action, now, by, project)),
        );
  try {
    return await optimistic<Item | undefined>(async () => {
      const outcome = await update(table, key, next, { returns });
      if (outcome.updated) return outcome.item;
      const seen = await outcome.seen();
      if (seen?.["by"]?.S === signature) return seen;
      await compensate();
      next = await plan(seen, outcome.cause);
      return lost;
    });
  } catch (cause) {
    // after any other error the update may have succeeded: nothing is undone
    if (cause instanceof Fault && cause.refusal.kind === "raced") await compensate();
    throw cause;
  }

  async function compensate(): Promise<void> {
    const undone = plannedChange;
    plannedChange = undefined;
    await undone?.compensate?.();
  }

  /** Plans the next attempt, or throws the refusal. */
  async function plan(item: Item | undefined, cause?: Error): Promise<Fragment[]> {
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
    const append = await ensureLogRoom(item, table);
    const motionOf = (effectiveAction: Action) => {
      const motion = beginMotion(effectiveAction, server.motion, now);
      return planChange ? withDelay(motion, faultHints(server)) : motion;
    };
    const requestedChange = await planChange?.(server);
    plannedChange = requestedChange && applyFaultHints(server, action, requestedChange, motionOf);
    if (plannedChange !== requestedChange) await requestedChange?.compensate?.();
    const effectiveAction = plannedChange?.action ?? action;
    return fragmentsOf(
      planFrom(item, server, motionOf(effectiveAction), plannedChange?.changes),
      append(encodeRequesterLine(effectiveAction, now, by, project)),
      effectiveAction,
    );
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

const unlockedFragment: Fragment = {
  when: ["attribute_not_exists(#lockedBy)"],
  names: { "#lockedBy": "lockedBy" },
};

const nextEpochFragment: Fragment = {
  set: ["#epoch = if_not_exists(#epoch, :zero) + :one"],
  names: { "#epoch": "epoch" },
  values: { ":zero": { N: "0" }, ":one": { N: "1" } },
};

const assignment = (attribute: string, value: number): Fragment => ({
  set: [`#${attribute} = :${attribute}`],
  names: { [`#${attribute}`]: attribute },
  values: { [`:${attribute}`]: { N: String(value) } },
});

interface TransitionPlan {
  /** Placeholders of an attribute or a value. */
  readonly from: string;
  readonly to: string;
  readonly motion: Motion;
  readonly fragments: readonly Fragment[];
}

/** For a server at rest in a state of the rule. */
function planBlind(action: RequestedAction, now: Instant): TransitionPlan {
  const { to } = ruleOf(action);
  const origin = { action, from: "active", to: "active", due: now } as const;
  return {
    from: "#to",
    to: to === "same" ? "#to" : ":to",
    motion: beginMotion(action, origin, now),
    fragments: [
      preconditionFragment(ruleOf(action)),
      to === "same" ? {} : { values: { ":to": { S: to } } },
    ],
  };
}

/** Requires the signature of the motion that was read. */
const planFrom = (
  { by }: Item,
  server: Server,
  motion: Motion,
  changes: ServerChanges = {},
): TransitionPlan => ({
  from: ":vm",
  to: ":to",
  motion,
  fragments: [
    { values: { ":vm": { S: motion.from }, ":to": { S: motion.to } } },
    by
      ? { when: ["#by = :seenBy"], values: { ":seenBy": by } }
      : { when: ["attribute_not_exists(#by)"] },
    changesFragment(server, changes),
  ],
});

/** os-start and os-stop use another lookup (measured on Nova 26.2.2). */
const missingResource = (action: RequestedAction, item: Item | undefined) =>
  !item && (action === "start" || action === "stop") ? "cell-mapping" : "server";
