import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { allSnapshots } from "../repositories/snapshots.ts";
import { listScopeOf } from "../request.ts";
import { snapshotEntry, snapshotList } from "./views.ts";

export const listSnapshotDetails = operation({
  id: "volume/list-snapshot-details",
  service: "volume",
  route: "GET /snapshots/detail",
  access: { rule: "volume:get_all_snapshots", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await allSnapshots(environment.backend().records, listScopeOf(call), call.now);
    return volumeListView(
      call,
      snapshotList("snapshots/detail"),
      all.map((one) => snapshotEntry(call, one, true)),
    );
  },
});
