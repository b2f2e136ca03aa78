import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { extraSpecNotFound } from "./specs.ts";

export const deleteExtraSpec = operation({
  id: "compute/delete-extra-spec",
  service: "compute",
  route: "DELETE /flavors/{flavor_id}/os-extra_specs/{key}",
  access: { rule: "os_compute_api:os-flavor-extra-specs:delete", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "noContent",
  async run({ path: { flavor_id, key } }, environment) {
    const flavor = await flavorsIn(environment.backend().records).change(flavor_id, (was) => {
      if (!Object.hasOwn(was.extraSpecs, key)) throw extraSpecNotFound(flavor_id, key);
      const { [key]: _, ...extraSpecs } = was.extraSpecs;
      return { ...was, extraSpecs };
    });
    if (!flavor) throw notFound("flavor", flavor_id);
    return undefined;
  },
});
