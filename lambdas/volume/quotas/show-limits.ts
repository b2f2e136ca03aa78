import { operation } from "../../http/operation.ts";
import { getVolumeLimits, getVolumeUsage } from "../repositories/quotas.ts";
import { isAdmin } from "../request.ts";
import { limitsView } from "./views.ts";

export const showLimits = operation({
  id: "volume/show-limits",
  service: "volume",
  route: "GET /limits",
  access: { rule: "limits_extension:used_limits", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const { query } = call;
    const requested = query.get("project_id") ?? query.get("tenant_id");
    const project = (isAdmin(call) && call.microversion >= 39 && requested) || call.project;
    const limits = await getVolumeLimits(records, project);
    const used = await getVolumeUsage(records, project, call.now);
    return { limits: limitsView(limits, used) };
  },
});
