import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Nova is beside the servers: their administration, and what they are made of. */
export const computeAnnex = {
  id: "annexes/compute",
  doors: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
  operations: {
    "POST /flavors": async () => (await import("../flavors/create-flavor.ts")).createFlavor,
    "DELETE /flavors/{flavor_id}": async () =>
      (await import("../flavors/delete-flavor.ts")).deleteFlavor,
    "PUT /flavors/{flavor_id}": async () =>
      (await import("../flavors/update-flavor.ts")).updateFlavor,
    "POST /flavors/{flavor_id}/action": async () =>
      (await import("../flavors/change-access.ts")).changeAccess,
    "GET /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../flavors/list-extra-specs.ts")).listExtraSpecs,
    "POST /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../flavors/add-extra-specs.ts")).addExtraSpecs,
    "DELETE /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../flavors/delete-extra-spec.ts")).deleteExtraSpec,
    "GET /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../flavors/show-extra-spec.ts")).showExtraSpec,
    "PUT /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../flavors/set-extra-spec.ts")).setExtraSpec,
    "GET /flavors/{flavor_id}/os-flavor-access": async () =>
      (await import("../flavors/list-access.ts")).listAccess,
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
