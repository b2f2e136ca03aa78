import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { assertSameKey, specsSchema, toStoredSpecs } from "./specs.ts";

export const setExtraSpec = operation({
  id: "compute/set-extra-spec",
  service: "compute",
  route: "PUT /flavors/{flavor_id}/os-extra_specs/{key}",
  access: { rule: "os_compute_api:os-flavor-extra-specs:update", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: { ...specsSchema, minProperties: 1, maxProperties: 1 },
  async run({ path: { flavor_id, key }, body }, environment) {
    assertSameKey(body, key);
    const specs = toStoredSpecs(body);
    const flavor = await flavorsIn(environment.backend().records).change(flavor_id, (was) => ({
      ...was,
      extraSpecs: { ...was.extraSpecs, ...specs },
    }));
    if (!flavor) throw notFound("flavor", flavor_id);
    return specs;
  },
});
