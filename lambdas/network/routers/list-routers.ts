import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { routersIn } from "../repositories/routers.ts";
import { projectScope } from "../resource.ts";
import { routerResource } from "./router-resource.ts";

export const listRouters = operation({
  id: "network/list-routers",
  service: "network",
  route: "GET /v2.0/routers",
  access: { rule: "get_router", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await routersIn(environment.backend().records).all(projectScope(call));
    return listView(routerResource, all, call);
  },
});
