import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { allAttachments } from "../repositories/attachments.ts";
import { listScopeOf } from "../request.ts";
import { attachmentEntry, attachmentList, attachmentSummaryView } from "./views.ts";

export const listAttachments = operation({
  id: "volume/list-attachments",
  service: "volume",
  route: "GET /attachments",
  access: { rule: "volume:attachment_list", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await allAttachments(environment.backend().records, listScopeOf(call), call.now);
    return volumeListView(
      call,
      attachmentList,
      all.map((one) => attachmentEntry(one, attachmentSummaryView(one))),
    );
  },
});
