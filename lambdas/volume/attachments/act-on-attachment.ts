import { operation } from "../../http/operation.ts";
import { type Action, actionIn, whatever } from "../action.ts";
import { changeAttachment } from "../model/attachment.ts";
import type { AttachmentOfVolume } from "../model/volume.ts";
import { getAttachment } from "../repositories/attachments.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

const actions: Readonly<Record<string, Action<AttachmentOfVolume>>> = {
  "os-complete": {
    body: whatever,
    since: 44,
    async run({ on: { volume, attachment }, records, asking: { now } }) {
      await changeVolume(records, volume, now, (was) =>
        changeAttachment(
          was,
          attachment.id,
          { status: "attached", attached: attachment.attached ?? now },
          now,
        ),
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
    const on = await getAttachment(
      records,
      projectScopeOf(call),
      call.path.attachment_id,
      call.now,
    );
    return action.run({ on, said, asking: call, records });
  },
});
