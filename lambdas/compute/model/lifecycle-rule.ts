import type { TaskState, VmState } from "./states.ts";

export interface Leg {
  readonly task: TaskState;
  /** Milliseconds. */
  readonly durationMs: number;
  /** What the server is meanwhile, where that is not what it was when the action began. */
  readonly vm?: VmState;
}

export interface Rule {
  /** The states a server may be in, at rest, for the action to begin. */
  readonly from: readonly VmState[];
  /** The running tasks that the action may cut short; none when it does not say. */
  readonly interrupts?: readonly TaskState[] | "any but deleting";
  /** Only while one of the tasks it cuts short is running. */
  readonly requiresTask?: true;
  /** Refused as "not ready" until the scheduler has placed the server on a host. */
  readonly needsHost?: true;
  /** Also for a server that never came up; any other is refused as being in an invalid state. */
  readonly allowsUnlaunched?: true;
  /** A lock is no hindrance (E-05). */
  readonly ignoresLock?: true;
  /** The guest comes up anew in the instant that it is due. */
  readonly bootsGuest?: true;
  /** Consoles that were granted before open nothing any more, from when it begins. */
  readonly revokesConsoles?: true;
  /** This is another action as it fails: its last leg is where it does. */
  readonly failureOf?: string;
  /** What shows as task_state on the way, in order; none for what is done at once. */
  readonly legs: readonly Leg[];
  /**
   * Where it leads: "same" where the server comes out as it went in, "power" where one that was off
   * before is off again, by way of `thenOff`, and any other is active.
   */
  readonly to: VmState | "same" | "power";
  readonly powerOffLegs?: readonly Leg[];
}
