import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Nova is beside the servers: their administration, and what they are made of. */
export const computeAnnex = {
  id: "annexes/compute",
  doors: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
  operations: {
    "GET /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../flavors/list-extra-specs.ts")).listExtraSpecs,
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
