import { randomUUID } from "node:crypto";
import { orNull, toIsoMicros } from "../../core/times.ts";
import { imageDefaults } from "../../image/model/image.ts";
import { imagesIn } from "../../image/repositories/images.ts";
import { type Action, members, whatever } from "../action.ts";
import { delayMs } from "../model/scheduled-change.ts";
import type { Volume } from "../model/volume.ts";
import { beginDelete, beginExtend, beginRetype, beginUpload } from "../model/volume-changes.ts";
import {
  assertVolumeQuota,
  assertVolumeSize,
  getVolumeLimits,
  getVolumeUsage,
} from "../repositories/quotas.ts";
import { getTypeByIdOrName } from "../repositories/volume-types.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { assertAdmin, isYes, projectScopeOf } from "../request.ts";
import { booleanField, nullableText, sizeField } from "../schema-fields.ts";

/** What takes a while. */
export const motionActions: Readonly<Record<string, Action<Volume>>> = {
  "os-extend": {
    body: members({ new_size: sizeField }, ["new_size"]),
    async run({ on, said, records, asking: { now, microversion } }) {
      const wanted = Number(said["new_size"]);
      beginExtend(on, wanted, microversion >= 42, now);
      const limits = await getVolumeLimits(records, on.project_id);
      assertVolumeSize(limits, wanted);
      assertVolumeQuota(
        limits,
        await getVolumeUsage(records, on.project_id, now),
        null,
        wanted - on.size,
      );
      await changeVolume(records, on, now, (was) =>
        beginExtend(was, wanted, microversion >= 42, now),
      );
      return { status: 202 };
    },
  },
  "os-retype": {
    body: members(
      {
        new_type: { type: "string" },
        migration_policy: { type: ["string", "null"], enum: ["on-demand", "never"] },
      },
      ["new_type"],
    ),
    async run({ on, said, records, asking }) {
      const reach = { ...projectScopeOf(asking), allProjects: true };
      const type = await getTypeByIdOrName(records, reach, String(said["new_type"]));
      await changeVolume(records, on, asking.now, (was) => beginRetype(was, type, asking.now));
      return { status: 202 };
    },
  },
  "os-force_delete": {
    body: whatever,
    admin: "volume_extension:volume_admin_actions:force_delete",
    async run({ on, records, asking: { now } }) {
      await changeVolume(records, on, now, (was) =>
        beginDelete(was, { cascade: false, force: true }, now),
      );
      return { status: 202 };
    },
  },
  "os-volume_upload_image": {
    body: members(
      {
        image_name: { type: "string", minLength: 1, maxLength: 255 },
        force: booleanField,
        disk_format: {
          type: "string",
          enum: ["raw", "vmdk", "vdi", "qcow2", "vhd", "vhdx", "ploop"],
        },
        container_format: nullableText,
        visibility: {
          type: "string",
          enum: ["community", "public", "private", "shared"],
          since: 1,
        },
        protected: { ...booleanField, since: 1 },
      },
      ["image_name"],
    ),
    async run({ on, said, records, asking }) {
      const { now, project, microversion } = asking;
      if (said["visibility"] === "public")
        assertAdmin(asking, "volume_extension:volume_actions:upload_public");
      const volume = await changeVolume(records, on, now, (was) =>
        beginUpload(was, isYes(said["force"]), now),
      );
      const image = {
        ...imageDefaults,
        id: randomUUID(),
        name: String(said["image_name"]),
        owner: project,
        visibility: (said["visibility"] ?? "private") as "private",
        protected: isYes(said["protected"]),
        diskFormat: String(said["disk_format"] ?? "raw"),
        containerFormat: String(said["container_format"] ?? "bare"),
        minDisk: on.size,
        created: now,
        updated: now,
        upload: { begins: now, ends: now + delayMs, size: on.size * 1024 ** 3 },
      };
      await imagesIn(records).add(image);
      return { status: 202, body: { "os-volume_upload_image": told(volume, image, microversion) } };
    },
  },
};

/** cinder/volume/api.py:1531. */
const told = (
  volume: Volume,
  image: {
    readonly id: string;
    readonly name: string;
    readonly visibility: string;
    readonly protected: boolean;
    readonly diskFormat: string;
    readonly containerFormat: string;
  },
  microversion: number,
) => ({
  id: volume.id,
  updated_at: orNull(toIsoMicros)(volume.updated),
  status: "uploading",
  display_description: volume.description,
  size: volume.size,
  volume_type: { id: volume.type.id, name: volume.type.name },
  image_id: image.id,
  container_format: image.containerFormat,
  disk_format: image.diskFormat,
  image_name: image.name,
  ...(microversion >= 1 && { protected: image.protected, visibility: image.visibility }),
});
