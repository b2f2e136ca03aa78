import { operation } from "../../http/operation.ts";
import { finishDetach } from "../model/attachment.ts";
import { closedObject, singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const forceDetachVolume = operation({
  id: "volume/force-detach-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-force_detach",
  access: { rule: "volume_extension:volume_admin_actions:force_detach", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-force_detach",
    closedObject(
      {
        connector: { type: ["string", "object", "null"] },
        attachment_id: { type: ["string", "null"] },
      },
      [],
    ),
  ),
  run: changingVolume((was, { body, now }) => {
    const { attachment_id: attachmentId } = body["os-force_detach"];
    return finishDetach(was, ({ id }) => !attachmentId || id === attachmentId, now);
  }),
});
