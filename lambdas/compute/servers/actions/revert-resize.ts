import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { finishMigration } from "../../migrations/finish-migration.ts";
import { hostAndFlavor } from "../../model/server.ts";
import { applyMigration } from "../migrate/begin-migration.ts";

/** Restores the former host and flavor, whose quota is still reserved (E-26). */
export const revertResize = operation({
  id: "compute/revert-resize",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "revertResize",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:revert_resize", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem", "Query"],
  answer: "accepted",
  async run(call, environment) {
    const { now } = call;
    const { previous, motion } = await applyMigration(
      call,
      environment,
      "revertResize",
      async ({ before }) => {
        if (!before) throw badRequest("Instance has not been resized.");
        return { changes: { ...hostAndFlavor(before), before: null } };
      },
    );
    await finishMigration(environment.backend().records, previous, "reverted", now, motion.due);
    return undefined;
  },
});
