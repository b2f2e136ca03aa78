import { operation } from "../../http/operation.ts";
import { networksIn } from "../../network/repositories/networks.ts";

export const listPools = operation({
  id: "compute/list-pools",
  service: "compute",
  route: "GET /os-floating-ip-pools",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(_call, environment) {
    const all = await networksIn(environment.backend().records).all();
    return {
      floating_ip_pools: all
        .filter((network) => network["router:external"])
        .map(({ name, id }) => ({ name: name || id })),
    };
  },
});
