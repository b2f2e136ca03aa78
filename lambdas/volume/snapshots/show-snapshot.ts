import { operation } from "../../http/operation.ts";
import { getSnapshot } from "../repositories/snapshots.ts";
import { reachOf } from "../request.ts";
import { inFull } from "./snapshot.ts";

export const showSnapshot = operation({
  id: "volume/show-snapshot",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}",
  access: { rule: "volume:get_snapshot", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const taken = await getSnapshot(records, reachOf(call), call.path.snapshot_id, call.now);
    return { snapshot: inFull(call, taken) };
  },
});
