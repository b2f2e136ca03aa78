import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { finishDetach } from "../model/attachment.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";
import { attachmentBriefly, tieWith } from "./attachment.ts";

export const deleteAttachment = operation({
  id: "volume/delete-attachment",
  service: "volume",
  route: "DELETE /attachments/{attachment_id}",
  access: { rule: "volume:attachment_delete", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const id = call.path.attachment_id;
    const { volume, tie } = await tieWith(records, reachOf(call), id, call.now);
    // what is on a server is the server's to give back (cinder/volume/api.py:2588)
    if (tie.server !== null && tie.host !== null && tie.status === "attached")
      throw conflict(`Detach volume from instance ${tie.server} using the Compute API`);
    const left = await changeVolume(records, volume, call.now, (was) =>
      finishDetach(was, (one) => one.id === id, call.now),
    );
    return { attachments: left.ties.map((one) => attachmentBriefly({ volume: left, tie: one })) };
  },
});
