import { operation } from "../../../http/operation.ts";
import { reservedBy } from "../../model/quota.ts";
import { getQuotas, toResourceLimits } from "../../repositories/quotas.ts";
import { transitionWith } from "../begin-action.ts";

/** Needs quota for the soft-deleted server. */
export const restoreServer = operation({
  id: "compute/restore-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "restore",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-deferred-delete:restore", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem"],
  answer: "accepted",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const { now } = call;
    await transitionWith(call, environment, "restore", async (server) => {
      const { project } = server;
      const resources = reservedBy({ ...server, freed: false });
      const limits = toResourceLimits(await getQuotas(records, project, now));
      await servers.reserveQuota(project, resources, now, limits);
      return {
        changes: { freed: false },
        compensate: () => servers.releaseQuota(project, resources, now),
      };
    });
    return undefined;
  },
});
