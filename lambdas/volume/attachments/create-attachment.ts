import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { connectAttachment, reserve } from "../model/attachment.ts";
import type { Attachment } from "../model/volume.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { singleMember, uuidSchema } from "../schema-fields.ts";
import { attachmentFullView } from "./views.ts";

/** cinder/api/v3/attachments.py:97. */
export const createAttachment = operation({
  id: "volume/create-attachment",
  service: "volume",
  route: "POST /attachments",
  access: { rule: "volume:attachment_create", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("attachment", {
    type: "object",
    properties: {
      instance_uuid: uuidSchema,
      connector: { type: ["object", "null"] },
      volume_uuid: uuidSchema,
      mode: { type: "string", enum: ["rw", "ro"], since: 54 },
    },
    required: ["volume_uuid"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = call.body.attachment;
    const found = await getVolume(records, projectScopeOf(call), attributes.volume_uuid, call.now);
    const attachment: Attachment = {
      id: randomUUID(),
      status: "reserved",
      server: attributes.instance_uuid ?? null,
      host: null,
      device: null,
      mode:
        attributes.mode === "ro" || found.readonly ? "ro" : attributes.mode === "rw" ? "rw" : null,
      connector: null,
      attached: null,
    };
    const volume = await changeVolume(records, found, call.now, (was) => {
      const reserved = reserve(was, attachment, call.now);
      return attributes.connector
        ? connectAttachment(reserved, attachment.id, attributes.connector, call.now)
        : reserved;
    });
    const created = volume.ties.find(({ id }) => id === attachment.id) ?? attachment;
    return { attachment: attachmentFullView({ volume, attachment: created }) };
  },
});
