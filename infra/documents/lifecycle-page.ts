import { getActionNames } from "../../lambdas/compute/model/instance-action.ts";
import {
  type Action,
  allActions,
  failedPrecondition,
  guestBootsAt,
  requestedActionOf,
  requestedActions,
  ruleOf,
  type TaskState,
  type VmState,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import { powerStateAt } from "../../lambdas/compute/model/server.ts";
import { statusOf } from "../../lambdas/compute/model/status.ts";
import { type DocumentSections, markdownList, updateSections } from "./document-sections.ts";
import {
  failureVariants,
  originStates,
  sampleTransitions,
  settledMotion,
} from "./sample-transitions.ts";

const inlineCode = (text: string): string => `\`${text}\``;

const inlineCodeList = (texts: Iterable<string>): string => [...texts].map(inlineCode).join(", ");

/** A list of all states but a few, as text. */
function statesText(states: readonly VmState[]): string {
  const others = vmStates.filter((vm) => vm !== "deleted" && !states.includes(vm));
  if (states.length === 0) return "";
  if (others.length === 0) return "any";
  return others.length < 3 ? `any but ${inlineCodeList(others)}` : inlineCodeList(states);
}

const interruptsText = (action: Action): string => {
  const { interrupts = [] } = ruleOf(action);
  return interrupts === "any but deleting"
    ? "any but `deleting`"
    : interrupts.length > 0
      ? inlineCodeList(interrupts)
      : "";
};

function preconditionsText(action: Action): string {
  const { needsHost, allowsUnlaunched, ignoresLock, from } = ruleOf(action);
  if (from.length === 0) return "";
  const preconditions = [
    ignoresLock ? [] : "no lock",
    needsHost ? "a host" : [],
    allowsUnlaunched ? [] : "a launch",
  ];
  return preconditions.flat().join(", ") || "nothing";
}

/** The legs with their milliseconds, and the vm_state where it changes. */
function legsText(action: Action): string {
  const { legs, powerOffLegs = [] } = ruleOf(action);
  const legTexts = (legList: typeof legs) =>
    legList.map(
      ({ task, durationMs, vm }) =>
        `${inlineCode(task)} ${durationMs}${vm ? ` (${inlineCode(vm)})` : ""}`,
    );
  const off =
    powerOffLegs.length > 0 ? [`where it was off: ${legTexts(powerOffLegs).join(" › ")}`] : [];
  return [...legTexts(legs), ...off].join(" › ") || "at once";
}

function outcomeText(action: Action): string {
  const { to } = ruleOf(action);
  if (to === "same") return "as before";
  if (to !== "power") return inlineCode(to);
  return "`stopped` where it was off, else `active`";
}

/** Statuses on the way that differ from the original one (E-04). */
function statusesText(action: Action): string {
  const found = new Map<string, Set<string>>();
  for (const { vm, seen } of sampleTransitions(action)) {
    const before = statusOf({ vm, task: null });
    for (const each of seen) {
      const status = statusOf(each);
      if (status !== before) found.set(status, (found.get(status) ?? new Set()).add(vm));
    }
  }
  const all = new Set<string>(originStates(action)).size;
  return [...found]
    .map(
      ([status, from]) =>
        inlineCode(status) + (from.size < all ? ` (from ${inlineCodeList(from)})` : ""),
    )
    .join(", ");
}

function remarksText(action: Action): string {
  const boots = sampleTransitions(action).filter(({ motion }) => guestBootsAt(motion) !== null);
  const remarks = [
    boots.length > 0 ? "the guest boots" : [],
    ruleOf(action).revokesConsoles ? "consoles end" : [],
  ];
  return remarks.flat().join(", ");
}

function instanceActionText(action: Action): string {
  const { action: name, event } = getActionNames(action);
  return event ? `${inlineCode(name)} (${inlineCode(event)})` : inlineCode(name);
}

const head = ["action", "from", "interrupts", "requires", "tasks, in ms", "outcome"];

const actionRow = (action: Action): string[] => [
  inlineCode(action),
  statesText(ruleOf(action).from),
  interruptsText(action),
  preconditionsText(action),
  legsText(action),
  outcomeText(action),
];

export const actionsList = (): string =>
  markdownList(
    [...head, "status meanwhile", "remarks", "instance action (event)"],
    requestedActions.map((action) => [
      ...actionRow(action),
      statusesText(action),
      remarksText(action),
      instanceActionText(action),
    ]),
  );

const failuresList = (): string =>
  markdownList(
    ["row", "of", "tasks, in ms", "outcome", "status meanwhile"],
    failureVariants.map((action) => [
      inlineCode(action),
      inlineCode(requestedActionOf(action)),
      legsText(action),
      outcomeText(action),
      statusesText(action),
    ]),
  );

/** Actions that a settled, unlocked server accepts. */
const statesList = (): string =>
  markdownList(
    ["vm_state", "status", "power_state", "allowed actions"],
    vmStates
      .filter((vm) => vm !== "deleted")
      .map((vm) => {
        const lifecycleFields = { motion: settledMotion(vm), host: "one", launched: 0 };
        const taken = requestedActions.filter(
          (action) => failedPrecondition(action, lifecycleFields, 10_000) === null,
        );
        return [
          inlineCode(vm),
          inlineCode(statusOf({ vm, task: null })),
          powerStatesText(vm),
          inlineCodeList(taken),
        ];
      }),
  );

/** The outcome may depend on the server's history. */
function powerStatesText(vm: VmState): string {
  const all =
    vm === "resized" ? [settledMotion(vm), settledMotion(vm, "stopped")] : [settledMotion(vm)];
  if (vm === "error") return "as before";
  return [...new Set(all.map((motion) => powerStateAt(motion, 10_000)))].join(" or ");
}

const tasksList = (): string => {
  const seen = new Map<TaskState, Map<string, Set<VmState>>>();
  for (const action of allActions)
    for (const passage of sampleTransitions(action))
      for (const { vm, task } of passage.seen) {
        if (task === null) continue;
        const statuses = seen.get(task) ?? new Map<string, Set<VmState>>();
        const status = statusOf({ vm, task });
        statuses.set(status, (statuses.get(status) ?? new Set()).add(vm));
        seen.set(task, statuses);
      }
  return markdownList(
    ["task_state", "seen as"],
    [...seen].map(([task, statuses]) => [
      inlineCode(task),
      [...statuses]
        .map(([status, vms]) => `${inlineCodeList(vms)}: ${inlineCode(status)}`)
        .join("; "),
    ]),
  );
};

/** The diagram omits actions that return to their origin or start from any state. */
const actionsNotDrawn: readonly Action[] = [
  "delete",
  "softDelete",
  "resetToActive",
  "resetToError",
];

const diagram = (): string => {
  const arrows = new Map<string, Set<Action>>();
  for (const action of requestedActions.filter((one) => !actionsNotDrawn.includes(one)))
    for (const { vm, motion } of sampleTransitions(action)) {
      if (vm === motion.to) continue;
      const arrow = `${ruleOf(action).from.length === 0 ? "[*]" : diagramNode(vm)} --> ${diagramNode(motion.to)}`;
      arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(action));
    }
  const lines = [...arrows].map(([arrow, by]) => `  ${arrow}: ${[...by].join(", ")}`);
  return ["```mermaid", "stateDiagram-v2", ...lines, "```"].join("\n");
};

const diagramNode = (vm: VmState): string => vm.replaceAll("-", "_");

/** The sections of docs/lifecycle.md that are printed from the table. */
export const lifecycleSections: DocumentSections = {
  diagram,
  actions: actionsList,
  failures: failuresList,
  states: statesList,
  tasks: tasksList,
};

export const updateLifecyclePage = (document: string): string =>
  updateSections(document, lifecycleSections);
