import { conflict, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { actionVerbs } from "./action-verbs.ts";
import type { ActionRecord } from "./instance-action.ts";
import { checkPreconditions, type LifecycleFields } from "./lifecycle.ts";
import type { Rule } from "./lifecycle-rule.ts";

/** A volume as a server has it (Nova's block device mapping), so that showing the server reads one item. */
export interface AttachedVolume {
  /** The volume's. */
  readonly id: string;
  /** Whose the volume is, where it is not of the server's project. */
  readonly project?: string;
  /** What the volume calls this tie. */
  readonly attachment: string;
  /** What Nova calls it, from 2.89 on. */
  readonly mapping: string;
  readonly device: string;
  readonly tag: string | null;
  readonly deleteOnTermination: boolean;
  /** The server boots from it. */
  readonly root?: true;
  /** When it is off again, once somebody has asked for that. */
  readonly until?: Instant;
}

/** When a volume may come on a server or go (nova/compute/api.py:5204, 5307). */
const attachStates: Pick<Rule, "from"> = {
  from: ["active", "paused", "stopped", "resized", "soft-delete", "shelved", "shelved_offloaded"],
};

/** And another in its place (nova/compute/api.py:5357). */
const swapStates: Pick<Rule, "from"> = { from: ["active", "paused", "resized"] };

/** What of a server stands against that: its lock before its state. */
export function assertAttachable(
  server: LifecycleFields & { readonly id: string; readonly lock: object | null },
  { action, now, by }: ActionRecord,
): void {
  const { id } = server;
  if (server.lock && !by.canOverrideLock) throw conflict(`Instance ${id} is locked`);
  const failure = checkPreconditions(
    action === "swapVolume" ? swapStates : attachStates,
    server,
    now,
  );
  if (failure?.attribute === "host") throw new Fault({ kind: "not-ready", id });
  if (failure?.attribute === "launched_at")
    throw new Fault({ kind: "never-launched", id, verb: actionVerbs[action] });
  if (failure) throw new Fault({ kind: "wrong-state", id, verb: actionVerbs[action], ...failure });
}

/** Those that are on it still. */
export const attachedVolumesAt = (
  { volumes }: { readonly volumes: readonly AttachedVolume[] },
  now: Instant,
): AttachedVolume[] => volumes.filter(({ until = Infinity }) => now < until);

/** Whether a server boots from a volume and not from a disk of its host (nova/compute/utils.py:270). */
export const isVolumeBacked = ({
  volumes,
}: {
  readonly volumes: readonly AttachedVolume[];
}): boolean => volumes.some(({ root }) => root === true);
