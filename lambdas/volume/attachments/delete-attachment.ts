import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { finishDetach } from "../model/attachment.ts";
import { getAttachment } from "../repositories/attachments.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { attachmentSummaryView } from "./views.ts";

export const deleteAttachment = operation({
  id: "volume/delete-attachment",
  service: "volume",
  route: "DELETE /attachments/{attachment_id}",
  access: { rule: "volume:attachment_delete", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const id = call.path.attachment_id;
    const { volume, attachment } = await getAttachment(records, projectScopeOf(call), id, call.now);
    // Nova detaches the volume of a server (cinder/volume/api.py:2588)
    if (attachment.server !== null && attachment.host !== null && attachment.status === "attached")
      throw conflict(`Detach volume from instance ${attachment.server} using the Compute API`);
    const left = await changeVolume(records, volume, call.now, (was) =>
      finishDetach(was, (one) => one.id === id, call.now),
    );
    return {
      attachments: left.ties.map((one) => attachmentSummaryView({ volume: left, attachment: one })),
    };
  },
});
