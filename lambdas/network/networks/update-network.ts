import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import type { Network } from "../model/network.ts";
import { getNetwork, networksIn } from "../repositories/networks.ts";
import { anything, changed, reachOf, refuseOthers, saidToUpdate } from "../resource.ts";
import { networkKind } from "./network.ts";

export const updateNetwork = operation({
  id: "network/update-network",
  service: "network",
  route: "PUT /v2.0/networks/{network_id}",
  access: { rule: "update_network", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const said = saidToUpdate(networkKind, call);
    const network = await getNetwork(records, call.path.network_id, reachOf(call));
    refuseOthers(network, call, "update_network");
    const now = await networksIn(records).change(network.id, (was) =>
      changed<Network>(was, said, call.now),
    );
    if (!now) throw notFound("network", network.id);
    return shown(networkKind, now);
  },
});
