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
export type Failure = {
  [Name in Action]: (typeof rules)[Name] extends { readonly fails: string } ? Name : never;
}[Action];

/** What may be asked for. */
export type Deed = Exclude<Action, Failure>;

/** The action that was asked for, also where it failed. */
export const deedOf = (action: Action): Deed => (ruleOf(action).fails ?? action) as Deed;

export const actions = Object.keys(rules) as Action[];

/** The row of an action, seen as every row is. */
export const ruleOf = (action: Action): Rule => rules[action];

export interface Motion {
  readonly action: Action;
  readonly from: VmState;
  readonly to: VmState;
  readonly due: Instant;
}

/** What of a server decides on what may be done to it. */
export interface Living {
  readonly motion: Motion;
  /** "" for one that has never been on any. */
  readonly host: string;
  /** When it first became active; null when it never will. */
  readonly launched: Instant | null;
}

/** The way to where an action leads. */
const wayTo = (action: Action, to: VmState): readonly Leg[] => {
  const { legs, thenOff = [] } = ruleOf(action);
  return to === "stopped" ? [...legs, ...thenOff] : legs;
};

/** How long an action is under way, in milliseconds, where it does not end in a server that is off. */
export const durationOf = (action: Action, to: VmState = "active"): number =>
  wayTo(action, to).reduce((sum, { takes }) => sum + takes, 0);

/** A server's state as an observer at `now` sees it. */
export function observe(
  { action, from, to, due }: Motion,
  now: Instant,
): { vm: VmState; task: TaskState | null } {
  if (now >= due) return { vm: to, task: null };
  const way = wayTo(action, to);
  let ends = due;
  for (const { task, takes, vm = from } of way.toReversed()) {
    ends -= takes;
    if (now >= ends) return { vm, task };
  }
  return { vm: from, task: way[0]?.task ?? null };
}

/** The instant that a motion comes to a task of its way. */
export function begins(task: TaskState, { action, to, due }: Motion): Instant {
  const way = wayTo(action, to);
  const rest = way.slice(way.findIndex((leg) => leg.task === task));
  return due - rest.reduce((sum, { takes }) => sum + takes, 0);
}

/** When the guest comes up by a motion; null where it does not, or is left down. */
export function bootOf({ action, from, to, due }: Motion): Instant | null {
  const { boots, thenOff = [] } = ruleOf(action);
  if (!boots || (to === "resized" && from === "stopped")) return null;
  return to === "stopped" ? due - thenOff.reduce((sum, { takes }) => sum + takes, 0) : due;
}

/** Where `action` leads a server that is `from`, after the motion that led it there. */
function destination(action: Action, from: VmState, before: Motion): VmState {
  const { to } = ruleOf(action);
  if (to === "same") return from;
  if (to !== "power") return to;
  // a resize leaves a server as it found it
  const was = from === "resized" ? before.from : from;
  return was === "stopped" ? "stopped" : "active";
}

/** The motion `action` begins, at `now`, in a server that `before` has led to where it is. */
export function begin(action: Action, before: Motion, now: Instant): Motion {
  const { vm: from } = observe(before, now);
  const to = destination(action, from, before);
  return { action, from, to, due: now + durationOf(action, to) };
}

/** The first motion of all; what is about to be built is not yet anything. */
export const beginCreate = (
  action: "create" | "createUnplaced" | "createFailed",
  now: Instant,
): Motion => begin(action, { action, from: "building", to: "building", due: now }, now);

/** Whether a server is on a host: the scheduler has placed it, and it is not offloaded. */
export function placed({ host, motion }: Pick<Living, "host" | "motion">, now: Instant): boolean {
  if (host === "") return false;
  const { vm, task } = observe(motion, now);
  return task !== "scheduling" && vm !== "shelved_offloaded";
}

/** Whether the server is gone, for everyone but `changes-since` and administrators who ask. */
export const gone = (motion: Motion, now: Instant): boolean =>
  observe(motion, now).vm === "deleted";

type Condition = "from" | "cuts" | "amid" | "needsHost" | "unlaunched";

export type Objection =
  | { readonly attribute: "host" }
  | { readonly attribute: "vm_state" | "task_state"; readonly state: string }
  | { readonly attribute: "launched_at" };

/**
 * Why `action` may not begin now, or null when it may. Checked in Nova's order: host, vm_state,
 * task_state, launched_at (nova/compute/api.py:140-290).
 */
export const objection = (action: Action, living: Living, now: Instant): Objection | null =>
  objectionTo(ruleOf(action), living, now);

/** Likewise of anything that is asked for under a rule's conditions. */
export function objectionTo(
  { from, cuts = [], amid, needsHost, unlaunched }: Pick<Rule, Condition>,
  living: Living,
  now: Instant,
): Objection | null {
  const { vm, task } = observe(living.motion, now);
  if (needsHost && !placed(living, now)) return { attribute: "host" };
  if (!from.includes(vm)) return { attribute: "vm_state", state: vm };
  const uncut = cuts === "any but deleting" ? task === "deleting" : task && !cuts.includes(task);
  if (task !== null && uncut) return { attribute: "task_state", state: task };
  if (task === null && amid) return { attribute: "task_state", state: "None" };
  if (!unlaunched && living.launched === null) return { attribute: "launched_at" };
  return null;
}
