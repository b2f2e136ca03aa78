import { operation } from "../../http/operation.ts";
import { statesAt } from "../model/scheduled-change.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { listScopeOf } from "../request.ts";

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
    const all = statesAt(stored, call.now);
    const values: Record<string, string[]> = {};
    for (const [key, value] of all.flatMap(({ metadata }) => Object.entries(metadata)))
      values[key] = [...new Set([...(values[key] ?? []), value])].sort();
    return {
      "volume-summary": {
        total_count: all.length,
        total_size: all.reduce((sum, { size }) => sum + size, 0),
        ...(call.microversion >= 36 && { metadata: values }),
      },
    };
  },
});
