import { allSnapshots } from "../../domain/volume/snapshots.ts";
import { operation } from "../../http/operation.ts";
import { listReachOf } from "../asking.ts";
import { listed } from "../listing.ts";
import { snapshotEntry, snapshotList } from "./snapshot.ts";

export const listSnapshotDetails = operation({
  id: "volumes/snapshots/list-snapshot-details",
  service: "volume",
  route: "GET /snapshots/detail",
  access: { rule: "volume:get_all_snapshots", role: "reader" },
  calls: ["Query"],
  answer: "document",
  async run(call, world) {
    const all = await allSnapshots(world.backend().records, listReachOf(call), call.now);
    return listed(
      call,
      snapshotList("snapshots/detail"),
      all.map((one) => snapshotEntry(call, one, true)),
    );
  },
});
