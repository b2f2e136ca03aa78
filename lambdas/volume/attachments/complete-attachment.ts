import { operation } from "../../http/operation.ts";
import { changeAttachment } from "../model/attachment.ts";
import { getAttachment } from "../repositories/attachments.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { singleMember } from "../schema-fields.ts";

export const completeAttachment = operation({
  id: "volume/complete-attachment",
  service: "volume",
  route: "POST /attachments/{attachment_id}/action",
  action: "os-complete",
  access: { rule: "volume:attachment_complete", role: "member" },
  versions: { since: 44 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "deleted",
  body: singleMember("os-complete", {}),
  async run(call, environment) {
    const { records } = environment.backend();
    const { now } = call;
    const scope = projectScopeOf(call);
    const found = await getAttachment(records, scope, call.path.attachment_id, now);
    const attached = found.attachment.attached ?? now;
    await changeVolume(records, found.volume, now, (was) =>
      changeAttachment(was, found.attachment.id, { status: "attached", attached }, now),
    );
    return undefined;
  },
});
