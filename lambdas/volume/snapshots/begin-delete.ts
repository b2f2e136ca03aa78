import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { joinOr } from "../model/attachment.ts";
import { delayMs } from "../model/scheduled-change.ts";
import type { Snapshot } from "../model/volume.ts";

const deletable = ["available", "error"];

/** cinder/volume/api.py:1225 delete_snapshot. */
export function deletingSnapshot(was: Snapshot, force: boolean, now: Instant): Snapshot {
  if (!force && !deletable.includes(was.status))
    throw badRequest(
      `Invalid snapshot: Snapshot status must be ${joinOr(deletable)} and must not be part of a group.`,
    );
  return {
    ...was,
    status: "deleting",
    updated: now,
    motion: { due: now + delayMs, becoming: "gone" },
  };
}
