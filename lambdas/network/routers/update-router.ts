import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { type Gateway, getRouter, type Router, routersIn } from "../repositories/routers.ts";
import { anyObject, applyUpdate, parseUpdate, projectScope } from "../resource.ts";
import { allocateGateway, releaseGateway } from "./gateway.ts";
import { routerResource } from "./router-resource.ts";

export const updateRouter = operation({
  id: "network/update-router",
  service: "network",
  route: "PUT /v2.0/routers/{router_id}",
  access: { rule: "update_router", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const {
      external_gateway_info: asked,
      flavor_id: _,
      ...attributes
    } = parseUpdate(routerResource, call);
    const router = await getRouter(records, projectScope(call), call.path.router_id);
    const before = router.external_gateway_info;
    const moves = asked !== undefined && (asked === null || !isOn(asked.network_id, before));
    const opened = moves
      ? await allocateGateway(records, asked, { router: router.id, scope: projectScope(call) })
      : null;
    const to = (was: Router): Router => {
      if (moves && JSON.stringify(was.external_gateway_info) !== JSON.stringify(before))
        throw new Fault({ kind: "raced" });
      const same = was.external_gateway_info;
      const gateway: Gateway | null = moves
        ? opened
        : same && { ...same, enable_snat: asked?.enable_snat ?? same.enable_snat };
      return applyUpdate<Router>(was, { ...attributes, external_gateway_info: gateway }, call.now);
    };
    try {
      const now = await routersIn(records).change(router, to);
      if (!now) throw notFound("router", router.id);
      if (moves) await releaseGateway(records, before);
      return itemView(routerResource, now);
    } catch (cause) {
      await releaseGateway(records, opened);
      throw cause;
    }
  },
});

const isOn = (network: string, gateway: Gateway | null) => gateway?.network_id === network;
