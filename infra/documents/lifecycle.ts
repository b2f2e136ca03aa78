import { namesOf } from "../../lambdas/compute/model/instance-action.ts";
import {
  type Action,
  actions,
  begin,
  bootOf,
  deedOf,
  durationOf,
  type Motion,
  objection,
  observe,
  ruleOf,
  type TaskState,
  type VmState,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import { moves } from "../../lambdas/compute/model/lifecycle-table-moves.ts";
import { powerState } from "../../lambdas/compute/model/server.ts";
import { statusOf } from "../../lambdas/compute/model/status.ts";
import { type Parts, table, withParts } from "./parts.ts";

const code = (text: string): string => `\`${text}\``;

const list = (texts: Iterable<string>): string => [...texts].map(code).join(", ");

/** A server's own life first, then what makes it another one. */
const inOrder = actions.toSorted(
  (one, other) => Number(Object.hasOwn(moves, one)) - Number(Object.hasOwn(moves, other)),
);
const deeds = inOrder.filter((action) => deedOf(action) === action);
const failures = inOrder.filter((action) => deedOf(action) !== action);

/** A server at rest, which a resize found active where it is one that was resized. */
const rest = (vm: VmState, found: VmState = "active"): Motion =>
  vm === "resized"
    ? begin("resize", rest(found), 0)
    : { action: "create", from: "building", to: vm, due: 0 };

/** All that an action may begin from; a create from nothing, which shows as what it makes of it. */
const origins = (action: Action): readonly VmState[] => {
  const { from } = ruleOf(action);
  return from.length > 0 ? from : ["building"];
};

/** Of all that there are, the few that are not among them. */
function statesTold(states: readonly VmState[]): string {
  const others = vmStates.filter((vm) => vm !== "deleted" && !states.includes(vm));
  if (states.length === 0) return "–";
  if (others.length === 0) return "any";
  return others.length < 3 ? `any but ${list(others)}` : list(states);
}

const cutsTold = (action: Action): string => {
  const { cuts = [] } = ruleOf(action);
  return cuts === "any but deleting" ? "any but `deleting`" : cuts.length > 0 ? list(cuts) : "none";
};

function asksFor(action: Action): string {
  const { needsHost, unlaunched, overLock, from } = ruleOf(action);
  if (from.length === 0) return "–";
  const asked = [
    overLock ? [] : "no lock",
    needsHost ? "a host" : [],
    unlaunched ? [] : "a launch",
  ];
  return asked.flat().join(", ") || "nothing";
}

/** The tasks on the way, with the milliseconds of each, and what the server is where that changes. */
function wayTold(action: Action): string {
  const { legs, thenOff = [] } = ruleOf(action);
  const said = (all: typeof legs) =>
    all.map(({ task, takes, vm }) => `${code(task)} ${takes}${vm ? ` (${code(vm)})` : ""}`);
  const off = thenOff.length > 0 ? [`where it was off: ${said(thenOff).join(" › ")}`] : [];
  return [...said(legs), ...off].join(" › ") || "at once";
}

/** Each origin with where it comes out, and all it is seen as in between. */
const passages = (action: Action) =>
  origins(action).flatMap((vm) =>
    (vm === "resized" ? (["active", "stopped"] as const) : [undefined]).map((found) => {
      const before = rest(vm, found);
      const motion = begin(action, before, 10_000);
      const ends = durationOf(action, motion.to);
      const instants = Array.from({ length: ends / 50 }, (_, i) => motion.due - ends + i * 50);
      return { vm, found, motion, seen: instants.map((at) => observe(motion, at)) };
    }),
  );

function leadsTo(action: Action): string {
  const { to } = ruleOf(action);
  if (to === "same") return "as before";
  if (to !== "power") return code(to);
  return "`stopped` where it was off, else `active`";
}

/** The statuses on the way that are not the one it had before (E-04). */
function statusesTold(action: Action): string {
  const found = new Map<string, Set<string>>();
  for (const { vm, seen } of passages(action)) {
    const before = statusOf({ vm, task: null });
    for (const each of seen) {
      const status = statusOf(each);
      if (status !== before) found.set(status, (found.get(status) ?? new Set()).add(vm));
    }
  }
  const all = new Set<string>(origins(action)).size;
  return (
    [...found]
      .map(([status, from]) => code(status) + (from.size < all ? ` (from ${list(from)})` : ""))
      .join(", ") || "as before"
  );
}

function besides(action: Action): string {
  const boots = passages(action).filter(({ motion }) => bootOf(motion) !== null);
  const said = [
    boots.length > 0 ? "the guest boots" : [],
    ruleOf(action).revokes ? "consoles end" : [],
  ];
  return said.flat().join(", ");
}

function instanceAction(action: Action): string {
  const { action: name, event } = namesOf(action);
  return event ? `${code(name)}: ${code(event)}` : code(name);
}

const head = ["action", "from", "cuts short", "asks for", "way, in ms", "leads to"];

const rowOf = (action: Action): string[] => [
  code(action),
  statesTold(ruleOf(action).from),
  cutsTold(action),
  asksFor(action),
  wayTold(action),
  leadsTo(action),
];

export const actionsTold = (): string =>
  table(
    [...head, "status meanwhile", "besides", "instance action: event"],
    deeds.map((action) => [
      ...rowOf(action),
      statusesTold(action),
      besides(action),
      instanceAction(action),
    ]),
  );

const failuresTold = (): string =>
  table(
    ["row", "of", "way, in ms", "leads to", "status meanwhile"],
    failures.map((action) => [
      code(action),
      code(deedOf(action)),
      wayTold(action),
      leadsTo(action),
      statusesTold(action),
    ]),
  );

/** What may be asked of a server that is at rest, whole and unlocked. */
const statesOfAll = (): string =>
  table(
    ["vm_state", "status", "power_state", "takes"],
    vmStates
      .filter((vm) => vm !== "deleted")
      .map((vm) => {
        const living = { motion: rest(vm), host: "one", launched: 0 };
        const taken = deeds.filter((action) => objection(action, living, 10_000) === null);
        return [code(vm), code(statusOf({ vm, task: null })), powersOf(vm), list(taken)];
      }),
  );

/** It may follow from how the server came to be it. */
function powersOf(vm: VmState): string {
  const all = vm === "resized" ? [rest(vm), rest(vm, "stopped")] : [rest(vm)];
  if (vm === "error") return "as before";
  return [...new Set(all.map((motion) => powerState(motion, 10_000)))].join(" or ");
}

const tasksTold = (): string => {
  const seen = new Map<TaskState, Map<string, Set<VmState>>>();
  for (const action of inOrder)
    for (const passage of passages(action))
      for (const { vm, task } of passage.seen) {
        if (task === null) continue;
        const statuses = seen.get(task) ?? new Map<string, Set<VmState>>();
        const status = statusOf({ vm, task });
        statuses.set(status, (statuses.get(status) ?? new Set()).add(vm));
        seen.set(task, statuses);
      }
  return table(
    ["task_state", "seen in: status"],
    [...seen].map(([task, statuses]) => [
      code(task),
      [...statuses].map(([status, vms]) => `${list(vms)}: ${code(status)}`).join("; "),
    ]),
  );
};

/** Left out of the picture: what leads back, and what any server takes. */
const undrawn: readonly Action[] = ["delete", "softDelete", "resetToActive", "resetToError"];

const diagram = (): string => {
  const arrows = new Map<string, Set<Action>>();
  for (const action of deeds.filter((one) => !undrawn.includes(one)))
    for (const { vm, motion } of passages(action)) {
      if (vm === motion.to) continue;
      const arrow = `${ruleOf(action).from.length === 0 ? "[*]" : nodeOf(vm)} --> ${nodeOf(motion.to)}`;
      arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(action));
    }
  const lines = [...arrows].map(([arrow, by]) => `  ${arrow}: ${[...by].join(", ")}`);
  return ["```mermaid", "stateDiagram-v2", ...lines, "```"].join("\n");
};

const nodeOf = (vm: VmState): string => vm.replaceAll("-", "_");

/** The parts of docs/lifecycle.md that are printed from the table. */
export const lifecycleParts: Parts = {
  diagram,
  actions: actionsTold,
  failures: failuresTold,
  states: statesOfAll,
  tasks: tasksTold,
};

export const lifecycleWritten = (document: string): string => withParts(document, lifecycleParts);
