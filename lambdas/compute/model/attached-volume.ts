import { conflict, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { actionVerbs } from "./action-verbs.ts";
import type { ActionRecord } from "./instance-action.ts";
import { checkPreconditions, type LifecycleFields } from "./lifecycle.ts";
import type { Rule } from "./lifecycle-rule.ts";

/** Nova's block device mapping, stored in the server so that showing it reads one item. */
export interface AttachedVolume {
  /** The volume's id. */
  readonly id: string;
  /** Absent where the volume is of the server's project. */
  readonly project?: string;
  /** Cinder's attachment id. */
  readonly attachment: string;
  /** Nova's id of the attachment, shown from microversion 2.89. */
  readonly mapping: string;
  readonly device: string;
  readonly tag: string | null;
  readonly deleteOnTermination: boolean;
  /** The server boots from this volume. */
  readonly root?: true;
  /** The end of a requested detach. */
  readonly until?: Instant;
}

/** States for attaching and detaching (nova/compute/api.py:5204, 5307). */
const attachStates: Pick<Rule, "from"> = {
  from: ["active", "paused", "stopped", "resized", "soft-delete", "shelved", "shelved_offloaded"],
};

/** nova/compute/api.py:5357. */
const swapStates: Pick<Rule, "from"> = { from: ["active", "paused", "resized"] };

/** Throws `conflict` for a locked server before `not-ready`, `never-launched` or `wrong-state`. */
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

/** Leaves out volumes whose detach has ended. */
export const attachedVolumesAt = (
  { volumes }: { readonly volumes: readonly AttachedVolume[] },
  now: Instant,
): AttachedVolume[] => volumes.filter(({ until = Infinity }) => now < until);

/** nova/compute/utils.py:270. */
export const isVolumeBacked = ({
  volumes,
}: {
  readonly volumes: readonly AttachedVolume[];
}): boolean => volumes.some(({ root }) => root === true);
