import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorNames, flavorsIn } from "../repositories/flavors.ts";

/** Servers keep their copy of the flavor (E-38). */
export const deleteFlavor = operation({
  id: "compute/delete-flavor",
  service: "compute",
  route: "DELETE /flavors/{flavor_id}",
  access: { rule: "os_compute_api:os-flavor-manage:delete", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "accepted",
  async run({ path, now }, environment) {
    const { records } = environment.backend();
    const flavors = flavorsIn(records);
    const flavor = await flavors.findById(path.flavor_id);
    const removed = flavor && (await flavors.remove(flavor.id, flavor));
    if (!removed) throw notFound("flavor", path.flavor_id);
    await flavorNames(records).release(removed, now);
    return undefined;
  },
});
