import type { TaskState, VmState } from "./states.ts";

export interface Leg {
  readonly task: TaskState;
  readonly durationMs: number;
  /** The vm_state during this leg; by default the one before the action. */
  readonly vm?: VmState;
}

interface ActionNames {
  /** Nova's verb in conflict messages. */
  readonly verb: string;
  /** nova/compute/instance_actions.py. */
  readonly instanceAction: string;
  /** The method of nova/compute/manager.py; null where Nova records no event. */
  readonly event: string | null;
}

/** The row of an action that clients request. */
export type RequestedRule = Rule & ActionNames & { readonly failureOf?: never };

/** The row of an action's failure variant, which has the names of the action. */
export type FailureRule = Rule & { readonly failureOf: string };

export interface Rule {
  /** vm_states in which the action may begin. */
  readonly from: readonly VmState[];
  /** Tasks that the action may interrupt; by default none. */
  readonly interrupts?: readonly TaskState[] | "any but deleting";
  /** Requires one of those tasks to run. */
  readonly requiresTask?: true;
  /** Refused as `not-ready` before the server is on a host. */
  readonly needsHost?: true;
  /** Without this, a server that was never active is refused. */
  readonly allowsUnlaunched?: true;
  /** E-05. */
  readonly ignoresLock?: true;
  /** The guest boots at `due`. */
  readonly bootsGuest?: true;
  /** Invalidates earlier console grants. */
  readonly revokesConsoles?: true;
  /** The action whose failure variant this is; it fails on its last leg. */
  readonly failureOf?: string;
  /** Successive values of task_state; empty for an immediate action. */
  readonly legs: readonly Leg[];
  /** "same" keeps the state; "power" restores stopped (through `powerOffLegs`) or active. */
  readonly to: VmState | "same" | "power";
  readonly powerOffLegs?: readonly Leg[];
}
