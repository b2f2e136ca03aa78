import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listScopeOf } from "../request.ts";
import { volumeEntry, volumeFilters, volumeSummaryView } from "./views.ts";

export const listVolumes = operation({
  id: "volume/list-volumes",
  service: "volume",
  route: "GET /volumes",
  access: { rule: "volume:get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await volumesIn(environment.backend().records).all(listScopeOf(call));
    return volumeListView(
      call,
      { name: "volumes", path: "volumes", resource: "volume", filters: volumeFilters },
      statesAt(all, call.now).map((one) => volumeEntry(call, one, volumeSummaryView(call, one))),
    );
  },
});
