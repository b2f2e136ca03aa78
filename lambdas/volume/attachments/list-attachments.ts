import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { listReachOf } from "../request.ts";
import { allTies, attachmentBriefly, attachmentEntry, attachmentList } from "./attachment.ts";

export const listAttachments = operation({
  id: "volume/list-attachments",
  service: "volume",
  route: "GET /attachments",
  access: { rule: "volume:attachment_list", role: "reader" },
  versions: { since: 27 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await allTies(world.backend().records, listReachOf(call), call.now);
    return listed(
      call,
      attachmentList,
      all.map((one) => attachmentEntry(one, attachmentBriefly(one))),
    );
  },
});
