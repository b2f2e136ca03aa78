import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { Records } from "../../ports/records.ts";
import type { Network } from "../model/network.ts";
import { ipAllocationsOf } from "../repositories/ip-allocation.ts";
import { getNetwork, networksIn } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { assertOwner, projectScope } from "../resource.ts";

/** Deletes its subnets too (neutron/plugins/ml2/plugin.py delete_network). */
export const deleteNetwork = operation({
  id: "network/delete-network",
  service: "network",
  route: "DELETE /v2.0/networks/{network_id}",
  access: { rule: "delete_network", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const network = await getNetwork(records, call.path.network_id, projectScope(call));
    assertOwner(network, call, "delete_network");
    await assertUnused(records, network);
    await networksIn(records).remove(network.id);
    return undefined;
  },
});

/** IP allocations reveal ports of every project. */
async function assertUnused(records: Records, { id, project_id, subnets }: Network): Promise<void> {
  const claims = await Promise.all(
    subnets.map((subnet) => records.all(ipAllocationsOf(subnet.id))),
  );
  const ports = await portsIn(records).all({ project: project_id, allProjects: false });
  if (claims.flat().length > 0 || ports.some(({ network_id }) => network_id === id))
    throw new Fault({
      kind: "conflict",
      reason: `Unable to complete operation on network ${id}. There are one or more ports still in use on the network.`,
      type: "NetworkInUse",
    });
}
