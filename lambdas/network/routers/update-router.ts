import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { type Gateway, getRouter, type Router, routersIn } from "../repositories/routers.ts";
import { anything, changed, reachOf, saidToUpdate } from "../resource.ts";
import { closeGateway, openGateway } from "./gateway.ts";
import { routerKind } from "./router.ts";

export const updateRouter = operation({
  id: "network/update-router",
  service: "network",
  route: "PUT /v2.0/routers/{router_id}",
  access: { rule: "update_router", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { external_gateway_info: asked, flavor_id: _, ...said } = saidToUpdate(routerKind, call);
    const router = await getRouter(records, reachOf(call), call.path.router_id);
    const before = router.external_gateway_info;
    const moves = asked !== undefined && (asked === null || !isThere(asked.network_id, before));
    const opened = moves
      ? await openGateway(records, asked, { router: router.id, reach: reachOf(call) })
      : null;
    const to = (was: Router): Router => {
      if (moves && JSON.stringify(was.external_gateway_info) !== JSON.stringify(before))
        throw new Fault({ kind: "raced" });
      const same = was.external_gateway_info;
      const gateway: Gateway | null = moves
        ? opened
        : same && { ...same, enable_snat: asked?.enable_snat ?? same.enable_snat };
      return changed<Router>(was, { ...said, external_gateway_info: gateway }, call.now);
    };
    try {
      const now = await routersIn(records).change(router, to);
      if (!now) throw notFound("router", router.id);
      if (moves) await closeGateway(records, before);
      return shown(routerKind, now);
    } catch (cause) {
      await closeGateway(records, opened);
      throw cause;
    }
  },
});

const isThere = (network: string, gateway: Gateway | null) => gateway?.network_id === network;
