import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { ipAllocationsOf } from "../repositories/ip-allocation.ts";
import { getSubnet, networksIn } from "../repositories/networks.ts";
import { assertOwner, projectScope } from "../resource.ts";

export const deleteSubnet = operation({
  id: "network/delete-subnet",
  service: "network",
  route: "DELETE /v2.0/subnets/{subnet_id}",
  access: { rule: "delete_subnet", role: "member" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { network, subnet } = await getSubnet(records, call.path.subnet_id, projectScope(call));
    assertOwner(network, call, "delete_subnet");
    if ((await records.all(ipAllocationsOf(subnet.id))).length > 0)
      throw new Fault({
        kind: "conflict",
        reason: `Unable to complete operation on subnet ${subnet.id}: One or more ports have an IP allocation from this subnet.`,
        type: "SubnetInUse",
      });
    await networksIn(records).change(network.id, (was) => ({
      ...was,
      subnets: was.subnets.filter(({ id }) => id !== subnet.id),
    }));
    return undefined;
  },
});
