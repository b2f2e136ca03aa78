import type { Image } from "../../image/model/image.ts";

/** The backups of a server that are rotated among each other. */
export interface Rotation {
  readonly server: string;
  readonly type: string;
}

/** By what they say of themselves, whoever says it (nova/compute/manager.py:5115). */
export const isBackupOf = ({ server, type }: Rotation, { properties }: Image): boolean =>
  properties["image_type"] === "backup" &&
  properties["backup_type"] === type &&
  properties["instance_uuid"] === server;

/** Those of one rotation that go where so many are kept: the oldest, but none that is protected. */
export const expiredBackups = (backups: readonly Image[], keepCount: number): Image[] =>
  backups
    .toSorted((one, other) => other.created - one.created || (one.id < other.id ? 1 : -1))
    .slice(keepCount)
    .filter((image) => !image.protected);
