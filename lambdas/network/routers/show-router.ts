import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getRouter } from "../repositories/routers.ts";
import { reachOf } from "../resource.ts";
import { routerKind } from "./router.ts";

export const showRouter = operation({
  id: "network/show-router",
  service: "network",
  route: "GET /v2.0/routers/{router_id}",
  access: { rule: "get_router", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    return shown(
      routerKind,
      await getRouter(records, reachOf(call), call.path.router_id),
      call.query,
    );
  },
});
