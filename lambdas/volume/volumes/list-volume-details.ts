import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listReachOf } from "../request.ts";
import { inFull, volumeEntry, volumeFilters } from "./volume.ts";

export const listVolumeDetails = operation({
  id: "volume/list-volume-details",
  service: "volume",
  route: "GET /volumes/detail",
  access: { rule: "volume:get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await volumesIn(world.backend().records).all(listReachOf(call));
    return listed(
      call,
      { of: "volumes", at: "volumes/detail", thing: "volume", filters: volumeFilters },
      statesAt(all, call.now).map((one) => volumeEntry(call, one, inFull(call, one))),
    );
  },
});
