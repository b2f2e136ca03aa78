import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { findFlavor } from "../repositories/flavors.ts";

export const listExtraSpecs = operation({
  id: "compute/list-extra-specs",
  service: "compute",
  route: "GET /flavors/{flavor_id}/os-extra_specs",
  access: { rule: "os_compute_api:os-flavor-extra-specs:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path, caller }, environment) {
    const flavor = await findFlavor(environment.backend().records, path.flavor_id, caller);
    if (!flavor) throw notFound("flavor", path.flavor_id);
    return { extra_specs: flavor.extraSpecs };
  },
});
