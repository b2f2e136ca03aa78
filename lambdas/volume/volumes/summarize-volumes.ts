import { operation } from "../../http/operation.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listScopeOf } from "../request.ts";
import { volumesTotalView } from "./views.ts";

export const summarizeVolumes = operation({
  id: "volume/summarize-volumes",
  service: "volume",
  route: "GET /volumes/summary",
  access: { rule: "volume:get_all", role: "reader" },
  versions: { since: 12 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const stored = await volumesIn(environment.backend().records).all(listScopeOf(call));
    return { "volume-summary": volumesTotalView(statesAt(stored, call.now), call) };
  },
});
