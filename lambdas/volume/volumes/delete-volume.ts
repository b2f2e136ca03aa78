import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { beginDelete } from "../model/volume-changes.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { assertAdmin, projectScopeOf } from "../request.ts";

export const deleteVolume = operation({
  id: "volume/delete-volume",
  service: "volume",
  route: "DELETE /volumes/{volume_id}",
  access: { rule: "volume:delete", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const cascade = isTrue(oslo, call.query.get("cascade"));
    const force = call.microversion >= 23 && isTrue(oslo, call.query.get("force"));
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    if (force) assertAdmin(call, "volume:force_delete");
    await changeVolume(records, volume, call.now, (was) =>
      beginDelete(was, { cascade, force }, call.now),
    );
    return undefined;
  },
});
