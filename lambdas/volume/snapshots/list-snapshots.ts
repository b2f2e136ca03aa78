import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { allSnapshots } from "../repositories/snapshots.ts";
import { listReachOf } from "../request.ts";
import { snapshotEntry, snapshotList } from "./snapshot.ts";

export const listSnapshots = operation({
  id: "volume/list-snapshots",
  service: "volume",
  route: "GET /snapshots",
  access: { rule: "volume:get_all_snapshots", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await allSnapshots(world.backend().records, listReachOf(call), call.now);
    return listed(
      call,
      snapshotList("snapshots"),
      all.map((one) => snapshotEntry(call, one, false)),
    );
  },
});
