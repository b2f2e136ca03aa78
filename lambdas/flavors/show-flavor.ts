import { Fault } from "../domain/fault.ts";
import { flavorWith } from "../domain/flavor.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showFlavor = operation({
  id: "flavors/show-flavor",
  service: "compute",
  route: "GET /flavors/{flavor_id}",
  access: "authenticated",
  calls: [],
  answer: "flavor",
  async run({ path }) {
    const flavor = flavorWith(path.flavor_id);
    if (!flavor) throw new Fault({ kind: "no-such", what: "flavor", id: path.flavor_id });
    return flavor;
  },
});

export const handler = lambda(showFlavor);
