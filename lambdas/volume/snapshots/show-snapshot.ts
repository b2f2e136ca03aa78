import { operation } from "../../http/operation.ts";
import { getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";
import { snapshotFullView } from "./views.ts";

export const showSnapshot = operation({
  id: "volume/show-snapshot",
  service: "volume",
  route: "GET /snapshots/{snapshot_id}",
  access: { rule: "volume:get_snapshot", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    return { snapshot: snapshotFullView(call, found) };
  },
});
