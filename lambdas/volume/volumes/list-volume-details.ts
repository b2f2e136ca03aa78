import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listScopeOf } from "../request.ts";
import { volumeEntry, volumeFilters, volumeFullView } from "./views.ts";

export const listVolumeDetails = operation({
  id: "volume/list-volume-details",
  service: "volume",
  route: "GET /volumes/detail",
  access: { rule: "volume:get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await volumesIn(environment.backend().records).all(listScopeOf(call));
    return volumeListView(
      call,
      { name: "volumes", path: "volumes/detail", resource: "volume", filters: volumeFilters },
      statesAt(all, call.now).map((one) => volumeEntry(call, one, volumeFullView(call, one))),
    );
  },
});
