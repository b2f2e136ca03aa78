import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { type Router, routersIn } from "../repositories/routers.ts";
import { anything, newly, reachOf, saidToCreate } from "../resource.ts";
import { closeGateway, openGateway } from "./gateway.ts";
import { routerKind } from "./router.ts";

export const createRouter = operation({
  id: "network/create-router",
  service: "network",
  route: "POST /v2.0/routers",
  access: { rule: "create_router", role: "member" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const {
      project_id,
      external_gateway_info,
      flavor_id: _,
      ...said
    } = saidToCreate(routerKind, call);
    const kept = newly(project_id, call.now);
    const asked = { router: kept.id, reach: reachOf(call) };
    const gateway = await openGateway(records, external_gateway_info, asked);
    const router: Router = { ...kept, ...said, external_gateway_info: gateway };
    try {
      await routersIn(records).add(router);
    } catch (cause) {
      await routersIn(records).remove(router);
      await closeGateway(records, gateway);
      throw cause;
    }
    return shown(routerKind, router);
  },
});
