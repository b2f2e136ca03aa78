import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { findFlavor } from "../repositories/flavors.ts";

export const showFlavor = operation({
  id: "compute/show-flavor",
  service: "compute",
  route: "GET /flavors/{flavor_id}",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "flavor",
  async run({ path, caller }, environment) {
    const flavor = await findFlavor(environment.backend().records, path.flavor_id, caller);
    if (!flavor) throw notFound("flavor", path.flavor_id);
    return flavor;
  },
});
