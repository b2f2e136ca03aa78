import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { allocateFloatingIp } from "../repositories/floating-ip-association.ts";
import { getNetwork } from "../repositories/networks.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { anyObject, newAttributes, parseCreate, projectScope } from "../resource.ts";
import { floatingIpResource } from "./floating-ip-resource.ts";

export const createFloatingIp = operation({
  id: "network/create-floating-ip",
  service: "network",
  route: "POST /v2.0/floatingips",
  access: { rule: "create_floatingip", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { project_id, floating_ip_address, subnet_id, ...attributes } = parseCreate(
      floatingIpResource,
      call,
    );
    const { records } = environment.backend();
    const network = await getNetwork(records, attributes.floating_network_id, projectScope(call));
    if (!network["router:external"])
      throw badRequest(
        `Bad floatingip request: Network ${network.id} is not a valid external network.`,
        "BadRequest",
      );
    const request = {
      ...(subnet_id !== null && { subnet_id }),
      ...(floating_ip_address !== null && { ip_address: floating_ip_address }),
    };
    await assertNetworkQuota(records, project_id, "floatingip");
    const floatingIp = await allocateFloatingIp(
      environment.backend(),
      network,
      { ...newAttributes(project_id, call.now), ...attributes },
      subnet_id === null && floating_ip_address === null ? null : request,
    );
    return itemView(floatingIpResource, floatingIp);
  },
});
