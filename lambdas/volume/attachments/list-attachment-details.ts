import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { allAttachments } from "../repositories/attachments.ts";
import { listScopeOf } from "../request.ts";
import { attachmentEntry, attachmentFullView, attachmentList } from "./views.ts";

export const listAttachmentDetails = operation({
  id: "volume/list-attachment-details",
  service: "volume",
  route: "GET /attachments/detail",
  access: { rule: "volume:attachment_list", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await allAttachments(environment.backend().records, listScopeOf(call), call.now);
    return volumeListView(
      call,
      attachmentList,
      all.map((one) => attachmentEntry(one, attachmentFullView(one))),
    );
  },
});
