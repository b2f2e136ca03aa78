import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { finishMigration } from "../../migrations/finish-migration.ts";
import { assertHostUp } from "../../scheduling/check-destination.ts";
import { applyMigration } from "../migrate/begin-migration.ts";

/** Drops the former host and flavor (E-26). */
export const confirmResize = operation({
  id: "compute/confirm-resize",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "confirmResize",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:confirm_resize", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const backend = environment.backend();
    const { previous } = await applyMigration(
      call,
      environment,
      "confirmResize",
      async ({ before }) => {
        if (!before) throw badRequest("Instance has not been resized.");
        // the former host cleans up (nova/compute/api.py:4142)
        await assertHostUp(backend, before);
        return { changes: { before: null } };
      },
    );
    await finishMigration(backend.records, previous, "confirmed", call.now);
    return undefined;
  },
});
