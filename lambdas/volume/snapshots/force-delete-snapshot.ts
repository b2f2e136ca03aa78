import { operation } from "../../http/operation.ts";
import { beginSnapshotDelete } from "../model/volume-changes.ts";
import { singleMember } from "../schema-fields.ts";
import { changingSnapshot } from "./changing-snapshot.ts";

export const forceDeleteSnapshot = operation({
  id: "volume/force-delete-snapshot",
  service: "volume",
  route: "POST /snapshots/{snapshot_id}/action",
  action: "os-force_delete",
  access: { rule: "volume_extension:snapshot_admin_actions:force_delete", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-force_delete", {}),
  run: changingSnapshot((was, { now }) => beginSnapshotDelete(was, true, now)),
});
