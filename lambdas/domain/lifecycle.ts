/**
 * What may happen to a server, and what it is at a given instant.
 *
 * No timer moves a server. It remembers the action under way, the state it is leaving (`from`), the
 * state it is heading for (`to`) and the instant it arrives (`due`); what it *is* now is worked out
 * by whoever asks. A server at rest is simply one whose `due` has passed.
 */

/** nova/objects/fields.py InstanceState, at 00a03040. */
export const vmStates = [
  "building",
  "active",
  "paused",
  "suspended",
  "stopped",
  "rescued",
  "resized",
  "soft-delete",
  "shelved",
  "shelved_offloaded",
  "error",
  "deleted",
] as const;

export type VmState = (typeof vmStates)[number];

export type TaskState =
  | "scheduling"
  | "networking"
  | "block_device_mapping"
  | "spawning"
  | "powering-on"
  | "powering-off"
  | "rebooting"
  | "reboot_pending"
  | "reboot_started"
  | "rebooting_hard"
  | "image_snapshot_pending"
  | "image_snapshot"
  | "image_pending_upload"
  | "image_uploading"
  | "deleting";

/** Epoch milliseconds. Read from a clock once per request, at the edge. */
export type Instant = number;

export interface Motion {
  readonly action: Action;
  readonly from: VmState;
  readonly to: VmState;
  readonly due: Instant;
}

interface Leg {
  readonly task: TaskState;
  /** Milliseconds. */
  readonly takes: number;
}

interface Rule {
  /** The states a server may be in, at rest, for the action to begin. */
  readonly from: readonly VmState[];
  /** The running tasks that the action may cut short; none when it does not say. */
  readonly cuts?: readonly TaskState[];
  /** Refused as "not ready" until the scheduler has placed the server on a host. */
  readonly needsHost?: true;
  /** The guest comes up anew in the instant that it is due. */
  readonly boots?: true;
  /** Consoles that were granted before open nothing any more, from when it begins. */
  readonly revokes?: true;
  /** What shows as task_state on the way, in order. */
  readonly legs: readonly [Leg, ...Leg[]];
  /** "same" where the server comes out as it went in. */
  readonly to: VmState | "same";
}

const anything = vmStates.filter((state) => state !== "deleted");

/** One row per action; the comment names the line of Nova (at 00a03040) the row mirrors. */
export const rules = {
  // nova/compute/manager.py:2236 _do_build_and_run_instance; task_states.py:32
  create: {
    from: [],
    legs: [
      { task: "scheduling", takes: 100 },
      { task: "networking", takes: 200 },
      { task: "block_device_mapping", takes: 100 },
      { task: "spawning", takes: 600 },
    ],
    to: "active",
  },
  // nova/compute/api.py:2875
  start: {
    from: ["stopped"],
    needsHost: true,
    boots: true,
    legs: [{ task: "powering-on", takes: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:2866
  stop: {
    from: ["active", "error"],
    needsHost: true,
    legs: [{ task: "powering-off", takes: 1_000 }],
    to: "stopped",
  },
  // nova/compute/api.py:3640, vm_states.py:70
  softReboot: {
    from: ["active"],
    boots: true,
    legs: [
      { task: "rebooting", takes: 300 },
      { task: "reboot_pending", takes: 200 },
      { task: "reboot_started", takes: 500 },
    ],
    to: "active",
  },
  // nova/compute/api.py:3656, vm_states.py:73, task_states.py:120
  hardReboot: {
    from: ["active", "stopped", "paused", "suspended", "error"],
    cuts: ["rebooting", "reboot_pending", "reboot_started", "rebooting_hard"],
    boots: true,
    legs: [{ task: "rebooting_hard", takes: 1_000 }],
    to: "active",
  },
  // nova/compute/api.py:3300 snapshot; the image goes its own way (lambdas/domain/snapshot.ts)
  createImage: {
    from: ["active", "stopped", "paused", "suspended"],
    legs: [
      { task: "image_snapshot_pending", takes: 100 },
      { task: "image_snapshot", takes: 300 },
      { task: "image_pending_upload", takes: 100 },
      { task: "image_uploading", takes: 500 },
    ],
    to: "same",
  },
  // nova/compute/api.py:2378, whatever the state and the task; again while deleting it is a no-op
  delete: {
    from: anything,
    cuts: [
      "scheduling",
      "networking",
      "block_device_mapping",
      "spawning",
      "powering-on",
      "powering-off",
      "rebooting",
      "reboot_pending",
      "reboot_started",
      "rebooting_hard",
      "image_snapshot_pending",
      "image_snapshot",
      "image_pending_upload",
      "image_uploading",
    ],
    revokes: true,
    legs: [{ task: "deleting", takes: 500 }],
    to: "deleted",
  },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof rules;

export const actions = Object.keys(rules) as Action[];

/** The row of an action, seen as every row is. */
export const ruleOf = (action: Action): Rule => rules[action];

/** How long an action is under way, in milliseconds. */
export const durationOf = (action: Action): number =>
  ruleOf(action).legs.reduce((sum, { takes }) => sum + takes, 0);

/** A server's state as an observer at `now` sees it. */
export function observe(
  { action, from, to, due }: Motion,
  now: Instant,
): { vm: VmState; task: TaskState | null } {
  if (now >= due) return { vm: to, task: null };
  const { legs } = ruleOf(action);
  let ends = due;
  for (const { task, takes } of legs.toReversed()) {
    ends -= takes;
    if (now >= ends) return { vm: from, task };
  }
  return { vm: from, task: legs[0].task };
}

/** The motion `action` begins, at `now`, in a server seen in `from`. */
export function begin(action: Action, from: VmState, now: Instant): Motion {
  const { to } = ruleOf(action);
  return { action, from, to: to === "same" ? from : to, due: now + durationOf(action) };
}

/** Whether the scheduler has placed the server on a host yet. */
export const hosted = (motion: Motion, now: Instant): boolean =>
  observe(motion, now).task !== "scheduling";

/** Whether the server is gone, for everyone but `changes-since` and administrators who ask. */
export const gone = (motion: Motion, now: Instant): boolean =>
  observe(motion, now).vm === "deleted";

export type Objection =
  | { readonly attribute: "host" }
  | { readonly attribute: "vm_state" | "task_state"; readonly state: string };

/**
 * Why `action` may not begin now, or null when it may. Checked in Nova's order: host, vm_state,
 * task_state (nova/compute/api.py:140-290).
 */
export function objection(action: Action, motion: Motion, now: Instant): Objection | null {
  const { vm, task } = observe(motion, now);
  const { from, cuts = [], needsHost } = ruleOf(action);
  if (needsHost && !hosted(motion, now)) return { attribute: "host" };
  if (!from.includes(vm)) return { attribute: "vm_state", state: vm };
  if (task !== null && !cuts.includes(task)) return { attribute: "task_state", state: task };
  return null;
}
