import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import type { Network } from "../model/network.ts";
import { getNetwork, networksIn } from "../repositories/networks.ts";
import { anyObject, applyUpdate, assertOwner, parseUpdate, projectScope } from "../resource.ts";
import { networkResource } from "./network-resource.ts";

export const updateNetwork = operation({
  id: "network/update-network",
  service: "network",
  route: "PUT /v2.0/networks/{network_id}",
  access: { rule: "update_network", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = parseUpdate(networkResource, call);
    const network = await getNetwork(records, call.path.network_id, projectScope(call));
    assertOwner(network, call, "update_network");
    const updated = await networksIn(records).change(network.id, (was) =>
      applyUpdate<Network>(was, attributes, call.now),
    );
    if (!updated) throw notFound("network", network.id);
    return itemView(networkResource, updated);
  },
});
