import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { invalidVolume } from "../model/attachment.ts";
import type { Attachment } from "../model/volume.ts";
import { closedObject, singleMember, uuidSchema } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

const attachBody = {
  ...closedObject(
    {
      instance_uuid: uuidSchema,
      mountpoint: { type: "string", minLength: 1, maxLength: 255 },
      host_name: { type: "string", maxLength: 255 },
      mode: { type: "string", enum: ["rw", "ro"] },
    },
    ["mountpoint"],
  ),
  anyOf: [{ required: ["instance_uuid"] }, { required: ["host_name"] }],
} as const;

/** Records an attachment in the API of before 3.27 (cinder/api/contrib/volume_actions.py). */
export const attachVolume = operation({
  id: "volume/attach-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-attach",
  access: { rule: "volume_extension:volume_actions:attach", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-attach", attachBody),
  run: changingVolume((was, { body, now }) => {
    if (!["available", "attaching"].includes(was.status) && !was.multiattach)
      throw invalidVolume("volume is not available or attaching"); // cinder/volume/manager.py:1352
    const { instance_uuid, host_name, mountpoint, mode } = body["os-attach"];
    const attachment: Attachment = {
      id: randomUUID(),
      status: "attached",
      server: instance_uuid || null,
      host: host_name || null,
      device: mountpoint,
      mode: mode === "ro" ? "ro" : "rw",
      connector: null,
      attached: now,
    };
    return { ...was, status: "in-use", ties: [...was.ties, attachment], updated: now };
  }),
});
