import { networksIn, sees } from "../../domain/network/networks.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../kind.ts";
import { listed } from "../listed.ts";
import { subnetKind } from "./subnet.ts";

export const listSubnets = operation({
  id: "networks/subnets/list-subnets",
  service: "network",
  route: "GET /v2.0/subnets",
  access: { rule: "get_subnet", role: "reader" },
  calls: ["Query"],
  answer: "document",
  async run(call, world) {
    const all = await networksIn(world.backend().records).all();
    const seen = all.filter((network) => sees(reachOf(call), network));
    return listed(
      subnetKind,
      seen.flatMap(({ subnets }) => subnets),
      call,
    );
  },
});
