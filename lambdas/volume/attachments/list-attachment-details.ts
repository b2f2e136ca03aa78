import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { listReachOf } from "../request.ts";
import { allTies, attachmentEntry, attachmentInFull, attachmentList } from "./attachment.ts";

export const listAttachmentDetails = operation({
  id: "volume/list-attachment-details",
  service: "volume",
  route: "GET /attachments/detail",
  access: { rule: "volume:attachment_list", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await allTies(world.backend().records, listReachOf(call), call.now);
    return listed(
      call,
      attachmentList,
      all.map((one) => attachmentEntry(one, attachmentInFull(one))),
    );
  },
});
