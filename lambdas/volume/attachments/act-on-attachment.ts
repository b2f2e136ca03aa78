import { operation } from "../../http/operation.ts";
import { type Action, actionIn, whatever } from "../action.ts";
import { changeAttachment } from "../model/attachment.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";
import { type Tied, tieWith } from "./attachment.ts";

const actions: Readonly<Record<string, Action<Tied>>> = {
  "os-complete": {
    body: whatever,
    since: 44,
    async run({ on: { volume, tie }, records, asking: { now } }) {
      await changeVolume(records, volume, now, (was) =>
        changeAttachment(was, tie.id, { status: "attached", attached: tie.attached ?? now }, now),
      );
      return { status: 204 };
    },
  },
};

export const actOnAttachment = operation({
  id: "volume/act-on-attachment",
  service: "volume",
  route: "POST /attachments/{attachment_id}/action",
  access: { rule: "volume:attachment_complete", role: "member" },
  versions: { since: 27 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acted",
  body: { type: "object", additionalProperties: true },
  async run(call, world) {
    const { records } = world.backend();
    const { action, said } = actionIn(actions, call.body, call);
    const on = await tieWith(records, reachOf(call), call.path.attachment_id, call.now);
    return action.run({ on, said, asking: call, records });
  },
});
