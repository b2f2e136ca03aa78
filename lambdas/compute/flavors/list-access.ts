import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { flavorAccessView } from "./access.ts";

export const listAccess = operation({
  id: "compute/list-access",
  service: "compute",
  route: "GET /flavors/{flavor_id}/os-flavor-access",
  access: { rule: "os_compute_api:os-flavor-access", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run({ path: { flavor_id } }, environment) {
    const flavor = await flavorsIn(environment.backend().records).findById(flavor_id);
    if (!flavor) throw notFound("flavor", flavor_id);
    if (flavor.isPublic)
      throw notFound("flavor", flavor_id, "Access list not available for public flavors.");
    return flavorAccessView(flavor);
  },
});
