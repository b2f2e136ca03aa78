import type { Instant } from "../lifecycle.ts";

/** A volume as a server has it (Nova's block device mapping), so that showing the server reads one item. */
export interface AttachedVolume {
  /** The volume's. */
  readonly id: string;
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

/** Those that are on it still. */
export const attachedAt = (
  { volumes }: { readonly volumes: readonly AttachedVolume[] },
  now: Instant,
): AttachedVolume[] => volumes.filter(({ until = Infinity }) => now < until);

/** Whether a server boots from a volume and not from a disk of its host (nova/compute/utils.py:270). */
export const isVolumeBacked = ({
  volumes,
}: {
  readonly volumes: readonly AttachedVolume[];
}): boolean => volumes.some(({ root }) => root === true);
