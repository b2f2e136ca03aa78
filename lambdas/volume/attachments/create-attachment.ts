import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { reserve } from "../model/attachment.ts";
import type { Attachment } from "../model/volume.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";
import { only, uuid } from "../schema-fields.ts";
import { attachmentInFull } from "./attachment.ts";
import { connected } from "./connected.ts";

/** Sets a volume aside for a server, or whatever it is (cinder/api/v3/attachments.py:97). */
export const createAttachment = operation({
  id: "volume/create-attachment",
  service: "volume",
  route: "POST /attachments",
  access: { rule: "volume:attachment_create", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: only("attachment", {
    type: "object",
    properties: {
      instance_uuid: uuid,
      connector: { type: ["object", "null"] },
      volume_uuid: uuid,
      mode: { type: "string", enum: ["rw", "ro"], since: 54 },
    },
    required: ["volume_uuid"],
    additionalProperties: false,
  }),
  async run(call, world) {
    const { records } = world.backend();
    const said = call.body.attachment;
    const found = await getVolume(records, reachOf(call), said.volume_uuid, call.now);
    const tie: Attachment = {
      id: randomUUID(),
      status: "reserved",
      server: said.instance_uuid ?? null,
      host: null,
      device: null,
      mode: said.mode === "ro" || found.readonly ? "ro" : said.mode === "rw" ? "rw" : null,
      connector: null,
      attached: null,
    };
    const volume = await changeVolume(records, found, call.now, (was) => {
      const set = reserve(was, tie, call.now);
      return said.connector ? connected(set, tie.id, said.connector, call.now) : set;
    });
    const made = volume.ties.find(({ id }) => id === tie.id) ?? tie;
    return { attachment: attachmentInFull({ volume, tie: made }) };
  },
});
