import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { finishMigration } from "../../migrations/finish-migration.ts";
import { assertHostUp } from "../../scheduling/check-destination.ts";
import { applyMigration } from "../migrate/begin-migration.ts";

/** What the server was is forgotten (E-26). Its value may be anything. */
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
        // nova/compute/api.py:4142: it is to clean up
        await assertHostUp(backend, before);
        return { changes: { before: null } };
      },
    );
    await finishMigration(backend.records, previous, {
      as: "confirmed",
      asked: call.now,
      at: call.now,
    });
    return undefined;
  },
});
