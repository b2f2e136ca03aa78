import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { allSnapshots } from "../repositories/snapshots.ts";
import { listScopeOf } from "../request.ts";
import { snapshotEntry, snapshotList } from "./views.ts";

export const listSnapshots = operation({
  id: "volume/list-snapshots",
  service: "volume",
  route: "GET /snapshots",
  access: { rule: "volume:get_all_snapshots", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await allSnapshots(environment.backend().records, listScopeOf(call), call.now);
    return volumeListView(
      call,
      snapshotList("snapshots"),
      all.map((one) => snapshotEntry(call, one, false)),
    );
  },
});
