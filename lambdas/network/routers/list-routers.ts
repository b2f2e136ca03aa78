import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { routersIn } from "../repositories/routers.ts";
import { reachOf } from "../resource.ts";
import { routerKind } from "./router.ts";

export const listRouters = operation({
  id: "network/list-routers",
  service: "network",
  route: "GET /v2.0/routers",
  access: { rule: "get_router", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await routersIn(world.backend().records).all(reachOf(call));
    return listed(routerKind, all, call);
  },
});
