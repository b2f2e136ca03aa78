import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { type Router, routersIn } from "../repositories/routers.ts";
import { anyObject, newAttributes, parseCreate, projectScope } from "../resource.ts";
import { allocateGateway, releaseGateway } from "./gateway.ts";
import { routerResource } from "./router-resource.ts";

export const createRouter = operation({
  id: "network/create-router",
  service: "network",
  route: "POST /v2.0/routers",
  access: { rule: "create_router", role: "member" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const {
      project_id,
      external_gateway_info,
      flavor_id: _,
      ...attributes
    } = parseCreate(routerResource, call);
    const standard = newAttributes(project_id, call.now);
    const gateway = await allocateGateway(records, external_gateway_info, {
      router: standard.id,
      scope: projectScope(call),
    });
    const router: Router = { ...standard, ...attributes, external_gateway_info: gateway };
    try {
      await routersIn(records).add(router);
    } catch (cause) {
      await routersIn(records).remove(router);
      await releaseGateway(records, gateway, router.id);
      throw cause;
    }
    return itemView(routerResource, router);
  },
});
