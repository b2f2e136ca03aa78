import type { Image } from "../../image/model/image.ts";

/** Backups of one server and type replace each other. */
export interface Rotation {
  readonly server: string;
  readonly type: string;
}

/** Reads the image's properties, which any client may set (nova/compute/manager.py:5115). */
export const isBackupOf = ({ server, type }: Rotation, { properties }: Image): boolean =>
  properties["image_type"] === "backup" &&
  properties["backup_type"] === type &&
  properties["instance_uuid"] === server;

/** Selects the oldest beyond `keepCount`, never a protected one. */
export const expiredBackups = (backups: readonly Image[], keepCount: number): Image[] =>
  backups
    .toSorted((one, other) => other.created - one.created || (one.id < other.id ? 1 : -1))
    .slice(keepCount)
    .filter((image) => !image.protected);
