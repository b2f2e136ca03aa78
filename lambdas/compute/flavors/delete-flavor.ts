import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";

/** Servers keep their copy of the flavor (E-38). */
export const deleteFlavor = operation({
  id: "compute/delete-flavor",
  service: "compute",
  route: "DELETE /flavors/{flavor_id}",
  access: { rule: "os_compute_api:os-flavor-manage:delete", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "accepted",
  async run({ path }, environment) {
    const flavors = flavorsIn(environment.backend().records);
    if (!(await flavors.findById(path.flavor_id)) || !(await flavors.remove(path.flavor_id)))
      throw notFound("flavor", path.flavor_id);
    return undefined;
  },
});
