import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { saga } from "../../ports/saga.ts";
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
      external_gateway_info: requested,
      flavor_id: _,
      ...attributes
    } = parseUpdate(routerResource, call);
    const router = await getRouter(records, projectScope(call), call.path.router_id);
    const before = router.external_gateway_info;
    const changesNetwork =
      requested !== undefined && (requested === null || !isOn(requested.network_id, before));
    const update = (was: Router, allocated: Gateway | null): Router => {
      if (changesNetwork && JSON.stringify(was.external_gateway_info) !== JSON.stringify(before))
        throw new Fault({ kind: "raced" });
      const current = was.external_gateway_info;
      const gateway: Gateway | null = changesNetwork
        ? allocated
        : current && { ...current, enable_snat: requested?.enable_snat ?? current.enable_snat };
      return applyUpdate<Router>(was, { ...attributes, external_gateway_info: gateway }, call.now);
    };
    const updated = await saga(async (step) => {
      const allocated = await step(
        "allocate the gateway",
        async () =>
          changesNetwork
            ? allocateGateway(records, requested, { router: router.id, scope: projectScope(call) })
            : null,
        (gateway) => releaseGateway(records, gateway, router.id),
      );
      return step("store the router", async () => {
        const changed = await routersIn(records).change(router, (was) => update(was, allocated));
        if (!changed) throw notFound("router", router.id);
        return changed;
      });
    });
    if (changesNetwork) await releaseGateway(records, before, router.id);
    return itemView(routerResource, updated);
  },
});

const isOn = (network: string, gateway: Gateway | null) => gateway?.network_id === network;
