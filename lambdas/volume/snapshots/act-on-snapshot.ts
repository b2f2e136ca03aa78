import { operation } from "../../http/operation.ts";
import { type Action, actionIn, members, whatever } from "../action.ts";
import type { SnapshotOfVolume } from "../model/volume.ts";
import { beginSnapshotDelete } from "../model/volume-changes.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

/** cinder/objects/fields.py SnapshotStatus. */
const statuses = ["error", "available", "creating", "deleting", "error_deleting"];

/** For administrators (cinder/api/contrib/admin_actions.py, snapshot_actions.py). */
const actions: Readonly<Record<string, Action<SnapshotOfVolume>>> = {
  "os-reset_status": {
    admin: "volume_extension:snapshot_admin_actions:reset_status",
    body: members({ status: { type: "string", enum: statuses } }, ["status"]),
    async run({ on, said, records, asking: { now } }) {
      await changeSnapshot(records, on, now, (was) => ({
        ...was,
        status: String(said["status"]),
        motion: null,
        updated: now,
      }));
      return { status: 202 };
    },
  },
  "os-force_delete": {
    admin: "volume_extension:snapshot_admin_actions:force_delete",
    body: whatever,
    async run({ on, records, asking: { now } }) {
      await changeSnapshot(records, on, now, (was) => beginSnapshotDelete(was, true, now));
      return { status: 202 };
    },
  },
  "os-update_snapshot_status": {
    admin: "snapshot_extension:snapshot_actions:update_snapshot_status",
    body: {
      ...members({ status: { type: "string", enum: statuses }, progress: { type: "string" } }, [
        "status",
      ]),
    },
    async run({ on, said, records, asking: { now } }) {
      await changeSnapshot(records, on, now, (was) => ({
        ...was,
        status: String(said["status"]),
        updated: now,
      }));
      return { status: 202 };
    },
  },
};

export const actOnSnapshot = operation({
  id: "volume/act-on-snapshot",
  service: "volume",
  route: "POST /snapshots/{snapshot_id}/action",
  access: { rule: "volume_extension:snapshot_admin_actions", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acted",
  body: { type: "object", additionalProperties: true },
  async run(call, world) {
    const { records } = world.backend();
    const { action, said } = actionIn(actions, call.body, call);
    const on = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    return action.run({ on, said, asking: call, records });
  },
});
