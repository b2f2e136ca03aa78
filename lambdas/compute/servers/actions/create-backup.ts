import { operation } from "../../../http/operation.ts";
import { isExpired } from "../../../image/model/image.ts";
import { isMutable } from "../../../image/repositories/image-access.ts";
import { imageData, imagesIn } from "../../../image/repositories/images.ts";
import { expiredBackups, isBackupOf } from "../../model/backup-rotation.ts";
import { metadataField, name } from "../schema-fields.ts";
import { snapshotServer } from "../snapshot-server.ts";

/** nova/api/openstack/compute/schemas/create_backup.py. */
const body = {
  type: "object",
  properties: {
    createBackup: {
      type: "object",
      properties: {
        name,
        backup_type: { type: "string" },
        rotation: {
          type: ["integer", "string"],
          pattern: "^[0-9]*$",
          minimum: 0,
          minLength: 1,
        },
        metadata: metadataField,
      },
      required: ["name", "backup_type", "rotation"],
      additionalProperties: false,
    },
  },
  required: ["createBackup"],
  additionalProperties: false,
} as const;

/**
 * When the snapshot's upload ends, the oldest backups of its type expire
 * (nova/compute/manager.py:5102); a later backup removes them.
 */
export const createBackup = operation({
  id: "compute/create-backup",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "createBackup",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-create-backup", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem", "Query", "DeleteItem"],
  answer: "backup",
  body,
  async run(call, environment) {
    const { now, caller } = call;
    const { name, backup_type: type, rotation, metadata = {} } = call.body.createBackup;
    const keepCount = Number(rotation);
    const {
      image,
      server,
      ends: until,
    } = await snapshotServer(call, environment, {
      kind: { action: "createBackup", type },
      name,
      metadata: metadata as Readonly<Record<string, string>>,
    });

    const { records } = environment.backend();
    const images = imagesIn(records);
    const all = await images.all();
    const backups = all.filter(
      (one) => isBackupOf({ server, type }, one) && isMutable(one, caller),
    );
    await Promise.all([
      ...backups
        .filter((one) => isExpired(one, now))
        .map(({ id }) => Promise.all([images.remove(id), records.remove(imageData, id)])),
      ...expiredBackups(
        backups.filter((one) => !isExpired(one, now)),
        keepCount,
      ).map(({ id }) => images.change(id, (was) => ({ ...was, until }))),
    ]);
    return { image, isStored: keepCount > 0 };
  },
});
