import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Nova is beside the servers: their administration, and what they are made of. */
export const computeAnnex = {
  id: "annexes/compute",
  doors: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
  operations: {
    "GET /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../flavors/list-extra-specs.ts")).listExtraSpecs,
    "DELETE /images/{image_id}": async () =>
      (await import("../images/delete-image.ts")).deleteImage,
    "GET /images/{image_id}/metadata": async () =>
      (await import("../images/list-image-metadata.ts")).listImageMetadata,
    "POST /images/{image_id}/metadata": async () =>
      (await import("../images/create-image-metadata.ts")).createImageMetadata,
    "PUT /images/{image_id}/metadata": async () =>
      (await import("../images/replace-image-metadata.ts")).replaceImageMetadata,
    "GET /images/{image_id}/metadata/{key}": async () =>
      (await import("../images/show-image-metadata.ts")).showImageMetadata,
    "PUT /images/{image_id}/metadata/{key}": async () =>
      (await import("../images/update-image-metadata.ts")).updateImageMetadata,
    "DELETE /images/{image_id}/metadata/{key}": async () =>
      (await import("../images/delete-image-metadata.ts")).deleteImageMetadata,
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
