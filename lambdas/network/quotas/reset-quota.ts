import { operation } from "../../http/operation.ts";
import { limitsShelf } from "./quota.ts";

/** The usual ones again. */
export const resetQuota = operation({
  id: "network/reset-quota",
  service: "network",
  route: "DELETE /v2.0/quotas/{project_id}",
  access: { rule: "delete_quota", role: "admin" },
  dynamoCalls: ["DeleteItem"],
  answer: "deleted",
  async run({ path }, world) {
    await world.backend().records.remove(limitsShelf, path.project_id);
    return undefined;
  },
});
