import { malformed } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { end } from "../../migrations/finish-migration.ts";
import { refuseDown } from "../../scheduling/check-destination.ts";
import { move } from "../migrate/begin-migration.ts";

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
  async run(call, world) {
    const backend = world.backend();
    const { was } = await move(call, world, "confirmResize", async ({ before }) => {
      if (!before) throw malformed("Instance has not been resized.");
      // nova/compute/api.py:4142: it is to clean up
      await refuseDown(backend, before);
      return { changes: { before: null } };
    });
    await end(backend.records, was, { as: "confirmed", asked: call.now, at: call.now });
    return undefined;
  },
});
