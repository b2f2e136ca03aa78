import { operation } from "../../http/operation.ts";
import { snapshotStatuses } from "../model/volume.ts";
import { closedObject, singleMember } from "../schema-fields.ts";
import { changingSnapshot } from "./changing-snapshot.ts";

/** cinder/api/contrib/admin_actions.py. */
export const resetSnapshotStatus = operation({
  id: "volume/reset-snapshot-status",
  service: "volume",
  route: "POST /snapshots/{snapshot_id}/action",
  action: "os-reset_status",
  access: { rule: "volume_extension:snapshot_admin_actions:reset_status", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-reset_status",
    closedObject({ status: { type: "string", enum: snapshotStatuses } }, ["status"]),
  ),
  run: changingSnapshot((was, { body, now }) => ({
    ...was,
    status: body["os-reset_status"].status,
    motion: null,
    updated: now,
  })),
});
