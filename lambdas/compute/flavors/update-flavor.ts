import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { descriptionSchema } from "../../http/schema-fields.ts";
import { flavorsIn } from "../repositories/flavors.ts";

export const updateFlavor = operation({
  id: "compute/update-flavor",
  service: "compute",
  route: "PUT /flavors/{flavor_id}",
  access: { rule: "os_compute_api:os-flavor-manage:update", role: "admin" },
  versions: { since: 55 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "flavor",
  body: {
    type: "object",
    properties: {
      flavor: {
        type: "object",
        properties: { description: descriptionSchema },
        required: ["description"],
        additionalProperties: false,
      },
    },
    required: ["flavor"],
    additionalProperties: false,
  },
  async run({ path, body }, environment) {
    const { description } = body.flavor;
    const flavor = await flavorsIn(environment.backend().records).change(path.flavor_id, (was) => ({
      ...was,
      description,
    }));
    if (!flavor) throw notFound("flavor", path.flavor_id);
    return flavor;
  },
});
