import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { allSnapshots } from "../repositories/snapshots.ts";
import { listReachOf } from "../request.ts";
import { snapshotEntry, snapshotList } from "./snapshot.ts";

export const listSnapshotDetails = operation({
  id: "volume/list-snapshot-details",
  service: "volume",
  route: "GET /snapshots/detail",
  access: { rule: "volume:get_all_snapshots", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await allSnapshots(world.backend().records, listReachOf(call), call.now);
    return listed(
      call,
      snapshotList("snapshots/detail"),
      all.map((one) => snapshotEntry(call, one, true)),
    );
  },
});
