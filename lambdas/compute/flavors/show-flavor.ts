import { noSuch } from "../../core/fault.ts";
import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { flavorFor } from "../repositories/flavors.ts";

export const showFlavor = operation({
  id: "compute/flavors/show-flavor",
  service: "compute",
  route: "GET /flavors/{flavor_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "flavor",
  async run({ path, caller }, world) {
    const flavor = await flavorFor(world.backend().records, path.flavor_id, caller);
    if (!flavor) throw noSuch("flavor", path.flavor_id);
    return flavor;
  },
});

export const handler = lambda(showFlavor);
