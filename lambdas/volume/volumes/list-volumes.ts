import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listReachOf } from "../request.ts";
import { briefly, volumeEntry, volumeFilters } from "./volume.ts";

export const listVolumes = operation({
  id: "volume/list-volumes",
  service: "volume",
  route: "GET /volumes",
  access: { rule: "volume:get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await volumesIn(world.backend().records).all(listReachOf(call));
    return listed(
      call,
      { of: "volumes", at: "volumes", thing: "volume", filters: volumeFilters },
      statesAt(all, call.now).map((one) => volumeEntry(call, one, briefly(call, one))),
    );
  },
});
