import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getRouter } from "../repositories/routers.ts";
import { projectScope } from "../resource.ts";
import { routerResource } from "./router-resource.ts";

export const showRouter = operation({
  id: "network/show-router",
  service: "network",
  route: "GET /v2.0/routers/{router_id}",
  access: { rule: "get_router", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    return itemView(
      routerResource,
      await getRouter(records, projectScope(call), call.path.router_id),
      call.query,
    );
  },
});
