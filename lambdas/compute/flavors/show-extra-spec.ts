import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { findFlavor } from "../repositories/flavors.ts";
import { extraSpecNotFound } from "./specs.ts";

export const showExtraSpec = operation({
  id: "compute/show-extra-spec",
  service: "compute",
  route: "GET /flavors/{flavor_id}/os-extra_specs/{key}",
  access: { rule: "os_compute_api:os-flavor-extra-specs:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { flavor_id, key }, caller }, environment) {
    const flavor = await findFlavor(environment.backend().records, flavor_id, caller);
    if (!flavor) throw notFound("flavor", flavor_id);
    if (!Object.hasOwn(flavor.extraSpecs, key)) throw extraSpecNotFound(flavor_id, key);
    return { [key]: flavor.extraSpecs[key] };
  },
});
