import { operation } from "../../http/operation.ts";
import { reachOf } from "../request.ts";
import { attachmentInFull, tieWith } from "./attachment.ts";

export const showAttachment = operation({
  id: "volume/show-attachment",
  service: "volume",
  route: "GET /attachments/{attachment_id}",
  access: { rule: "volume:attachment_get", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const tied = await tieWith(records, reachOf(call), call.path.attachment_id, call.now);
    return { attachment: attachmentInFull(tied) };
  },
});
