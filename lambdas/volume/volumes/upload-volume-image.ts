import { randomUUID } from "node:crypto";
import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { type Image, imageDefaults } from "../../image/model/image.ts";
import { imagesIn } from "../../image/repositories/images.ts";
import { delayMs } from "../model/scheduled-change.ts";
import { beginUpload } from "../model/volume-changes.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { assertAdmin, projectScopeOf } from "../request.ts";
import { booleanField, closedObject, shortText, singleMember } from "../schema-fields.ts";
import { uploadedImageView } from "./views.ts";

export const uploadVolumeImage = operation({
  id: "volume/upload-volume-image",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-volume_upload_image",
  access: { rule: "volume_extension:volume_actions:upload_image", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acceptedDocument",
  body: singleMember(
    "os-volume_upload_image",
    closedObject(
      {
        image_name: { type: "string", minLength: 1, maxLength: 255 },
        force: booleanField,
        disk_format: {
          type: "string",
          enum: ["raw", "vmdk", "vdi", "qcow2", "vhd", "vhdx", "ploop"],
        },
        container_format: shortText,
        visibility: {
          type: "string",
          enum: ["community", "public", "private", "shared"],
          since: 1,
        },
        protected: { ...booleanField, since: 1 },
      },
      ["image_name"],
    ),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    const { now, project, microversion } = call;
    const requested = call.body["os-volume_upload_image"];
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, now);
    if (requested.visibility === "public")
      assertAdmin(call, "volume_extension:volume_actions:upload_public");
    const volume = await changeVolume(records, found, now, (was) =>
      beginUpload(was, isTrue(oslo, requested.force), now),
    );
    const image: Image = {
      ...imageDefaults,
      id: randomUUID(),
      name: requested.image_name,
      owner: project,
      visibility: requested.visibility ?? "private",
      protected: isTrue(oslo, requested.protected),
      diskFormat: requested.disk_format ?? "raw",
      containerFormat: requested.container_format ?? "bare",
      minDisk: found.size,
      created: now,
      updated: now,
      upload: { begins: now, ends: now + delayMs, size: found.size * 1024 ** 3 },
    };
    await imagesIn(records).add(image);
    return { "os-volume_upload_image": uploadedImageView(volume, image, microversion) };
  },
});
