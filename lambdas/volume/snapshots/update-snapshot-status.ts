import { operation } from "../../http/operation.ts";
import { snapshotStatuses } from "../model/volume.ts";
import { closedObject, singleMember } from "../schema-fields.ts";
import { changingSnapshot } from "./changing-snapshot.ts";

/** cinder/api/contrib/snapshot_actions.py. */
export const updateSnapshotStatus = operation({
  id: "volume/update-snapshot-status",
  service: "volume",
  route: "POST /snapshots/{snapshot_id}/action",
  action: "os-update_snapshot_status",
  access: { rule: "snapshot_extension:snapshot_actions:update_snapshot_status", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-update_snapshot_status",
    closedObject(
      { status: { type: "string", enum: snapshotStatuses }, progress: { type: "string" } },
      ["status"],
    ),
  ),
  run: changingSnapshot((was, { body, now }) => ({
    ...was,
    status: body["os-update_snapshot_status"].status,
    updated: now,
  })),
});
