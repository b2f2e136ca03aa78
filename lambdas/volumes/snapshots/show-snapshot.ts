import { snapshotWith } from "../../domain/volume/snapshots.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../asking.ts";
import { inFull } from "./snapshot.ts";

export const showSnapshot = operation({
  id: "volumes/snapshots/show-snapshot",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}",
  access: { rule: "volume:get_snapshot", role: "reader" },
  calls: ["Query"],
  answer: "document",
  async run(call, world) {
    const { records } = world.backend();
    const taken = await snapshotWith(records, reachOf(call), call.path.snapshot_id, call.now);
    return { snapshot: inFull(call, taken) };
  },
});
