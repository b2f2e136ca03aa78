import { operation } from "../../http/operation.ts";
import { saga } from "../../ports/saga.ts";
import { itemView } from "../list-engine.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { type Router, routersIn } from "../repositories/routers.ts";
import { anyObject, newAttributes, parseCreate, projectScope } from "../resource.ts";
import { allocateGateway, releaseGateway } from "./gateway.ts";
import { routerResource } from "./router-resource.ts";

export const createRouter = operation({
  id: "network/create-router",
  service: "network",
  route: "POST /v2.0/routers",
  access: { rule: "create_router", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
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
    await assertNetworkQuota(records, project_id, "router");
    const router = await saga(async (step) => {
      const gateway = await step(
        "allocate the gateway",
        () =>
          allocateGateway(records, external_gateway_info, {
            router: standard.id,
            scope: projectScope(call),
          }),
        async (allocated) => {
          // the write may have succeeded although its response was lost
          await routersIn(records).remove({ project_id, id: standard.id });
          await releaseGateway(records, allocated, standard.id);
        },
      );
      const created: Router = { ...standard, ...attributes, external_gateway_info: gateway };
      await step("store the router", () => routersIn(records).add(created));
      return created;
    });
    return itemView(routerResource, router);
  },
});
