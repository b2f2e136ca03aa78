import { operation } from "../../http/operation.ts";
import { actionIn } from "../action.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { tieActions } from "./attachment-actions.ts";
import { imageActions } from "./image-actions.ts";
import { stateActions } from "./state-actions.ts";
import { motionActions } from "./transition-actions.ts";

/** Every action of a volume. */
const actions = { ...tieActions, ...motionActions, ...stateActions, ...imageActions };

export const actOnVolume = operation({
  id: "volume/act-on-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  access: { rule: "volume_extension:volume_actions", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acted",
  body: { type: "object", additionalProperties: true },
  async run(call, world) {
    const { records } = world.backend();
    const { action, said } = actionIn(actions, call.body, call);
    const on = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return action.run({ on, said, asking: call, records });
  },
});
