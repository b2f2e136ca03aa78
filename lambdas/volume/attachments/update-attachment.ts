import { conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { connectAttachment } from "../model/attachment.ts";
import { getAttachment } from "../repositories/attachments.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { singleMember } from "../schema-fields.ts";
import { attachmentFullView } from "./views.ts";

export const updateAttachment = operation({
  id: "volume/update-attachment",
  service: "volume",
  route: "PUT /attachments/{attachment_id}",
  access: { rule: "volume:attachment_update", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("attachment", {
    type: "object",
    properties: { connector: { type: "object", minProperties: 1 } },
    required: ["connector"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const id = call.path.attachment_id;
    const found = await getAttachment(records, projectScopeOf(call), id, call.now);
    const volume = await changeVolume(records, found.volume, call.now, (was) => {
      // cinder/volume/api.py:2546
      if (was.status.includes("error"))
        throw conflict(
          `Resource conflict: Volume attachments can not be updated if the volume is in an error state. The Volume ${was.id} currently has a status of: ${was.status} `,
        );
      return connectAttachment(was, id, call.body.attachment.connector, call.now);
    });
    const attachment = volume.ties.find((one) => one.id === id);
    if (!attachment) throw notFound("volume", id);
    return { attachment: attachmentFullView({ volume, attachment }) };
  },
});
