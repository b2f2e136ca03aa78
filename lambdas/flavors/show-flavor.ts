import { noSuch } from "../domain/fault.ts";
import { flavorsIn } from "../domain/flavor.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showFlavor = operation({
  id: "flavors/show-flavor",
  service: "compute",
  route: "GET /flavors/{flavor_id}",
  access: "authenticated",
  calls: ["GetItem"],
  answer: "flavor",
  async run({ path }, world) {
    const flavor = await flavorsIn(world.backend().records).withId(path.flavor_id);
    if (!flavor) throw noSuch("flavor", path.flavor_id);
    return flavor;
  },
});

export const handler = lambda(showFlavor);
