import { operation } from "../../http/operation.ts";
import { finishDetach, invalidVolume } from "../model/attachment.ts";
import { optionalUuid, singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const detachVolume = operation({
  id: "volume/detach-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-detach",
  access: { rule: "volume_extension:volume_actions:detach", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-detach", {
    type: ["object", "null"],
    properties: { attachment_id: optionalUuid },
    additionalProperties: false,
  }),
  run: changingVolume((was, { body, now }) => {
    const attachmentId = body["os-detach"]?.attachment_id ?? null;
    if (attachmentId === null && was.ties.length > 1)
      throw invalidVolume(
        "Detach volume failed: More than one attachment, but no attachment_id provided.",
      );
    return finishDetach(was, ({ id }) => attachmentId === null || id === attachmentId, now);
  }),
});
