import { Fault } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { hasRole } from "../../../identity/model/identity.ts";
import { toRequester, withServerProject } from "../find-server.ts";

/** An owner cannot remove an administrator's lock (E-05). */
export const unlockServer = operation({
  id: "compute/unlock-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "unlock",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-lock-server:unlock", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "accepted",
  async run(call, environment) {
    const { servers } = environment.backend();
    const lockHolder = hasRole(call.caller, "admin") ? "anybody's" : "owner";
    const isUnlocked = await withServerProject(call, servers, (project, id) =>
      servers.unlock(project, id, lockHolder, call.now, toRequester(call)),
    );
    if (!isUnlocked)
      throw new Fault({
        kind: "forbidden",
        rule: "os_compute_api:os-lock-server:unlock:unlock_override",
      });
    return undefined;
  },
});
