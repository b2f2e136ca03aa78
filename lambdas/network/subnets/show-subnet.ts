import { operation } from "../../http/operation.ts";
import { itemView } from "../list-engine.ts";
import { getSubnet } from "../repositories/networks.ts";
import { projectScope } from "../resource.ts";
import { subnetResource } from "./subnet-resource.ts";

export const showSubnet = operation({
  id: "network/show-subnet",
  service: "network",
  route: "GET /v2.0/subnets/{subnet_id}",
  access: { rule: "get_subnet", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const { subnet } = await getSubnet(records, call.path.subnet_id, projectScope(call));
    return itemView(subnetResource, subnet, call.query);
  },
});
