import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { portsOfDevice } from "../repositories/ports.ts";
import { getRouter, routersIn } from "../repositories/routers.ts";
import { projectScope } from "../resource.ts";
import { releaseGateway } from "./gateway.ts";

export const deleteRouter = operation({
  id: "network/delete-router",
  service: "network",
  route: "DELETE /v2.0/routers/{router_id}",
  access: { rule: "delete_router", role: "member" },
  dynamoCalls: ["GetItem", "Query", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const router = await getRouter(records, projectScope(call), call.path.router_id);
    if ((await portsOfDevice(records, router.project_id, router.id)).length > 0)
      throw new Fault({
        kind: "conflict",
        reason: `Router ${router.id} still has ports`,
        type: "RouterInUse",
      });
    const was = await routersIn(records).removeIf(router, () => true);
    if (was) await releaseGateway(records, was.external_gateway_info, was.id);
    return undefined;
  },
});
