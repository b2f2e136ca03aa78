import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { specsSchema, toStoredSpecs } from "./specs.ts";

export const addExtraSpecs = operation({
  id: "compute/add-extra-specs",
  service: "compute",
  route: "POST /flavors/{flavor_id}/os-extra_specs",
  access: { rule: "os_compute_api:os-flavor-extra-specs:create", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { extra_specs: specsSchema },
    required: ["extra_specs"],
    additionalProperties: false,
  },
  async run({ path, body }, environment) {
    const specs = toStoredSpecs(body.extra_specs);
    const flavor = await flavorsIn(environment.backend().records).change(path.flavor_id, (was) => ({
      ...was,
      extraSpecs: { ...was.extraSpecs, ...specs },
    }));
    if (!flavor) throw notFound("flavor", path.flavor_id);
    return { extra_specs: specs };
  },
});
