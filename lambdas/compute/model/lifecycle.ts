/**
 * What may happen to a server, and what it is at a given instant.
 *
 * No timer moves a server. It remembers the action under way, the state it is leaving (`from`), the
 * state it is heading for (`to`) and the instant it arrives (`due`); what it *is* now is worked out
 * by whoever asks. A server at rest is simply one whose `due` has passed. The table of all that may
 * happen is in `lifecycle-rules.ts`.
 */

import type { Instant } from "../../core/instant.ts";
import type { Leg, Rule } from "./lifecycle-rule.ts";
import { rules } from "./lifecycle-table.ts";
import type { TaskState, VmState } from "./states.ts";

export { type TaskState, type VmState, vmStates } from "./states.ts";
export type Action = keyof typeof rules;

/** What is never asked for, but what becomes of another action. */
export type FailureVariant = {
  [Name in Action]: (typeof rules)[Name] extends { readonly failureOf: string } ? Name : never;
}[Action];

/** What may be asked for. */
export type RequestedAction = Exclude<Action, FailureVariant>;

/** The action that was asked for, also where it failed. */
export const requestedActionOf = (action: Action): RequestedAction =>
  (ruleOf(action).failureOf ?? action) as RequestedAction;

export const allActions = Object.keys(rules) as Action[];

/** The row of an action, seen as every row is. */
export const ruleOf = (action: Action): Rule => rules[action];

export interface Motion {
  readonly action: Action;
  readonly from: VmState;
  readonly to: VmState;
  readonly due: Instant;
}

/** What of a server decides on what may be done to it. */
export interface LifecycleFields {
  readonly motion: Motion;
  /** "" for one that has never been on any. */
  readonly host: string;
  /** When it first became active; null when it never will. */
  readonly launched: Instant | null;
}

/** The way to where an action leads. */
const legsTo = (action: Action, to: VmState): readonly Leg[] => {
  const { legs, powerOffLegs = [] } = ruleOf(action);
  return to === "stopped" ? [...legs, ...powerOffLegs] : legs;
};

/** How long an action is under way, in milliseconds, where it does not end in a server that is off. */
export const actionDurationMs = (action: Action, to: VmState = "active"): number =>
  legsTo(action, to).reduce((sum, { durationMs }) => sum + durationMs, 0);

/** A server's state as an observer at `now` sees it. */
export function observe(
  { action, from, to, due }: Motion,
  now: Instant,
): { vm: VmState; task: TaskState | null } {
  if (now >= due) return { vm: to, task: null };
  const legs = legsTo(action, to);
  let legStartsAt = due;
  for (const { task, durationMs, vm = from } of legs.toReversed()) {
    legStartsAt -= durationMs;
    if (now >= legStartsAt) return { vm, task };
  }
  return { vm: from, task: legs[0]?.task ?? null };
}

/** The instant that a motion comes to a task of its way. */
export function taskStartsAt(task: TaskState, { action, to, due }: Motion): Instant {
  const legs = legsTo(action, to);
  const remainingLegs = legs.slice(legs.findIndex((leg) => leg.task === task));
  return due - remainingLegs.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** When the guest comes up by a motion; null where it does not, or is left down. */
export function guestBootsAt({ action, from, to, due }: Motion): Instant | null {
  const { bootsGuest, powerOffLegs = [] } = ruleOf(action);
  if (!bootsGuest || (to === "resized" && from === "stopped")) return null;
  return to === "stopped"
    ? due - powerOffLegs.reduce((sum, { durationMs }) => sum + durationMs, 0)
    : due;
}

/** Where `action` leads a server that is `from`, after the motion that led it there. */
function destinationState(action: Action, from: VmState, before: Motion): VmState {
  const { to } = ruleOf(action);
  if (to === "same") return from;
  if (to !== "power") return to;
  // a resize leaves a server as it found it
  const settledState = from === "resized" ? before.from : from;
  return settledState === "stopped" ? "stopped" : "active";
}

/** The motion `action` begins, at `now`, in a server that `before` has led to where it is. */
export function beginMotion(action: Action, before: Motion, now: Instant): Motion {
  const { vm: from } = observe(before, now);
  const to = destinationState(action, from, before);
  return { action, from, to, due: now + actionDurationMs(action, to) };
}

/** The first motion of all; what is about to be built is not yet anything. */
export const beginCreate = (
  action: "create" | "createUnplaced" | "createFailed",
  now: Instant,
): Motion => beginMotion(action, { action, from: "building", to: "building", due: now }, now);

/** Whether a server is on a host: the scheduler has placed it, and it is not offloaded. */
export function isOnHost(
  { host, motion }: Pick<LifecycleFields, "host" | "motion">,
  now: Instant,
): boolean {
  if (host === "") return false;
  const { vm, task } = observe(motion, now);
  return task !== "scheduling" && vm !== "shelved_offloaded";
}

/** Whether the server is gone, for everyone but `changes-since` and administrators who ask. */
export const isDeleted = (motion: Motion, now: Instant): boolean =>
  observe(motion, now).vm === "deleted";

type Precondition = "from" | "interrupts" | "requiresTask" | "needsHost" | "allowsUnlaunched";

export type PreconditionFailure =
  | { readonly attribute: "host" }
  | { readonly attribute: "vm_state" | "task_state"; readonly state: string }
  | { readonly attribute: "launched_at" };

/**
 * Why `action` may not begin now, or null when it may. Checked in Nova's order: host, vm_state,
 * task_state, launched_at (nova/compute/api.py:140-290).
 */
export const failedPrecondition = (
  action: Action,
  server: LifecycleFields,
  now: Instant,
): PreconditionFailure | null => checkPreconditions(ruleOf(action), server, now);

/** Likewise of anything that is asked for under a rule's conditions. */
export function checkPreconditions(
  { from, interrupts = [], requiresTask, needsHost, allowsUnlaunched }: Pick<Rule, Precondition>,
  server: LifecycleFields,
  now: Instant,
): PreconditionFailure | null {
  const { vm, task } = observe(server.motion, now);
  if (needsHost && !isOnHost(server, now)) return { attribute: "host" };
  if (!from.includes(vm)) return { attribute: "vm_state", state: vm };
  const isBlockedByTask =
    interrupts === "any but deleting" ? task === "deleting" : task && !interrupts.includes(task);
  if (task !== null && isBlockedByTask) return { attribute: "task_state", state: task };
  if (task === null && requiresTask) return { attribute: "task_state", state: "None" };
  if (!allowsUnlaunched && server.launched === null) return { attribute: "launched_at" };
  return null;
}
