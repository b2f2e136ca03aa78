import { operation } from "../../http/operation.ts";
import { listView } from "../list-engine.ts";
import { isVisible } from "../model/network.ts";
import { networksIn } from "../repositories/networks.ts";
import { projectScope } from "../resource.ts";
import { subnetResource } from "./subnet-resource.ts";

export const listSubnets = operation({
  id: "network/list-subnets",
  service: "network",
  route: "GET /v2.0/subnets",
  access: { rule: "get_subnet", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await networksIn(environment.backend().records).all();
    const seen = all.filter((network) => isVisible(projectScope(call), network));
    return listView(
      subnetResource,
      seen.flatMap(({ subnets }) => subnets),
      call,
    );
  },
});
