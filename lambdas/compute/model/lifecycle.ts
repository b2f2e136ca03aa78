/**
 * Server states over time. No timer moves a server: the stored motion holds the action, `from`,
 * `to` and the arrival (`due`), and each read derives the state from it. A server at rest has a
 * past `due`. The actions are in `lifecycle-table.ts`.
 */

import type { Instant } from "../../core/instant.ts";
import type { Leg, RequestedRule, Rule } from "./lifecycle-rule.ts";
import { rules } from "./lifecycle-table.ts";
import type { TaskState, VmState } from "./states.ts";

export { type TaskState, type VmState, vmStates } from "./states.ts";
export type Action = keyof typeof rules;

/** Outcome variants: the failing form of a requested action. */
export type FailureVariant = {
  [Name in Action]: (typeof rules)[Name] extends { readonly failureOf: string } ? Name : never;
}[Action];

export type RequestedAction = Exclude<Action, FailureVariant>;

export const requestedActionOf = (action: Action): RequestedAction =>
  (ruleOf(action).failureOf ?? action) as RequestedAction;

export const allActions = Object.keys(rules) as Action[];

/** Widens a row to `Rule`. */
export const ruleOf = (action: Action): Rule => rules[action];

export const requestedActions = allActions.filter(
  (action): action is RequestedAction => ruleOf(action).failureOf === undefined,
);

export const requestedRuleOf = (action: RequestedAction): RequestedRule => rules[action];

export interface Motion {
  readonly action: Action;
  readonly from: VmState;
  readonly to: VmState;
  readonly due: Instant;
}

/** The fields that preconditions read. */
export interface LifecycleFields {
  readonly motion: Motion;
  /** "" before the first host. */
  readonly host: string;
  /** null for a server that never became active. */
  readonly launched: Instant | null;
}

/** Powering off extends the legs. */
const legsTo = (action: Action, to: VmState): readonly Leg[] => {
  const { legs, powerOffLegs = [] } = ruleOf(action);
  return to === "stopped" ? [...legs, ...powerOffLegs] : legs;
};

export const actionDurationMs = (action: Action, to: VmState = "active"): number =>
  legsTo(action, to).reduce((sum, { durationMs }) => sum + durationMs, 0);

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

export function taskStartsAt(task: TaskState, { action, to, due }: Motion): Instant {
  const legs = legsTo(action, to);
  const remainingLegs = legs.slice(legs.findIndex((leg) => leg.task === task));
  return due - remainingLegs.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** null where the guest does not boot or is off afterwards. */
export function guestBootsAt({ action, from, to, due }: Motion): Instant | null {
  const { bootsGuest, powerOffLegs = [] } = ruleOf(action);
  if (!bootsGuest || (to === "resized" && from === "stopped")) return null;
  return to === "stopped"
    ? due - powerOffLegs.reduce((sum, { durationMs }) => sum + durationMs, 0)
    : due;
}

/** `before` led the server to `from`. */
function destinationState(action: Action, from: VmState, before: Motion): VmState {
  const { to } = ruleOf(action);
  if (to === "same") return from;
  if (to !== "power") return to;
  // a resize keeps the power state
  const settledState = from === "resized" ? before.from : from;
  return settledState === "stopped" ? "stopped" : "active";
}

/** `before` is the stored motion. */
export function beginMotion(action: Action, before: Motion, now: Instant): Motion {
  const { vm: from } = observe(before, now);
  const to = destinationState(action, from, before);
  return { action, from, to, due: now + actionDurationMs(action, to) };
}

export const beginCreate = (
  action: "create" | "createUnplaced" | "createFailed",
  now: Instant,
): Motion => beginMotion(action, { action, from: "building", to: "building", due: now }, now);

/** On a host: placed by the scheduler and not offloaded. */
export function isOnHost(
  { host, motion }: Pick<LifecycleFields, "host" | "motion">,
  now: Instant,
): boolean {
  if (host === "") return false;
  const { vm, task } = observe(motion, now);
  return task !== "scheduling" && vm !== "shelved_offloaded";
}

/** A deleted server is visible to `changes-since` and, on request, to administrators. */
export const isDeleted = (motion: Motion, now: Instant): boolean =>
  observe(motion, now).vm === "deleted";

type Precondition = "from" | "interrupts" | "requiresTask" | "needsHost" | "allowsUnlaunched";

export type PreconditionFailure =
  | { readonly attribute: "host" }
  | { readonly attribute: "vm_state" | "task_state"; readonly state: string }
  | { readonly attribute: "launched_at" };

/**
 * Returns null when `action` may begin. Checks in Nova's order: host, vm_state, task_state,
 * launched_at (nova/compute/api.py:140-290).
 */
export const failedPrecondition = (
  action: Action,
  server: LifecycleFields,
  now: Instant,
): PreconditionFailure | null => checkPreconditions(ruleOf(action), server, now);

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
