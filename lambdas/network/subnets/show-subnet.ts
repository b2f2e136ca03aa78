import { operation } from "../../http/operation.ts";
import { shown } from "../list-engine.ts";
import { getSubnet } from "../repositories/networks.ts";
import { reachOf } from "../resource.ts";
import { subnetKind } from "./subnet.ts";

export const showSubnet = operation({
  id: "network/show-subnet",
  service: "network",
  route: "GET /v2.0/subnets/{subnet_id}",
  access: { rule: "get_subnet", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const { subnet } = await getSubnet(records, call.path.subnet_id, reachOf(call));
    return shown(subnetKind, subnet, call.query);
  },
});
