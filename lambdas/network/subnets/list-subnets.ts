import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { isVisible } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { reachOf } from "../resource.ts";
import { subnetKind } from "./subnet.ts";

export const listSubnets = operation({
  id: "network/list-subnets",
  service: "network",
  route: "GET /v2.0/subnets",
  access: { rule: "get_subnet", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await networksIn(world.backend().records).all();
    const seen = all.filter((network) => isVisible(reachOf(call), network));
    return listed(
      subnetKind,
      seen.flatMap(({ subnets }) => subnets),
      call,
    );
  },
});
