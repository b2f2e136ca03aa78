import { operation } from "../../http/operation.ts";
import { getAttachment } from "../repositories/attachments.ts";
import { projectScopeOf } from "../request.ts";
import { attachmentFullView } from "./views.ts";

export const showAttachment = operation({
  id: "volume/show-attachment",
  service: "volume",
  route: "GET /attachments/{attachment_id}",
  access: { rule: "volume:attachment_get", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getAttachment(
      records,
      projectScopeOf(call),
      call.path.attachment_id,
      call.now,
    );
    return { attachment: attachmentFullView(found) };
  },
});
