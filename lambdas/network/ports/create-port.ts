import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { macOf } from "../model/port.ts";
import { defaultGroup } from "../model/security-group.ts";
import { refreshNetworkInfo } from "../repositories/network-info.ts";
import { getNetwork } from "../repositories/networks.ts";
import { addPort } from "../repositories/ports.ts";
import { assertNetworkQuota } from "../repositories/quota-usage.ts";
import { anyObject, newAttributes, parseCreate, projectScope } from "../resource.ts";
import { assertGroupsExist } from "./assert-groups-exist.ts";
import { portResource } from "./port-resource.ts";

export const createPort = operation({
  id: "network/create-port",
  service: "network",
  route: "POST /v2.0/ports",
  access: { rule: "create_port", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { project_id, ...attributes } = parseCreate(portResource, call);
    const network = await getNetwork(records, attributes.network_id, projectScope(call));
    const defaultGroups = attributes.port_security_enabled ? [defaultGroup(project_id).id] : [];
    const groups = attributes.security_groups ?? defaultGroups;
    await assertGroupsExist(records, project_id, attributes.security_groups ?? []);
    const standard = newAttributes(project_id, call.now);
    await assertNetworkQuota(records, project_id, "port");
    const port = await addPort(records, network, attributes.fixed_ips ?? null, {
      ...standard,
      ...attributes,
      mac_address: attributes.mac_address ?? macOf(standard.id),
      security_groups: groups,
      made: false,
    });
    await refreshNetworkInfo(environment.backend(), port);
    return itemView(portResource, port);
  },
});
