import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Glance is more than looking at images. */
export const imageAnnex = {
  id: "annexes/image",
  doors: ["/image"],
  operations: {},
  beside: {
    "GET /v2/images": async () =>
      (await import("../images/list-glance-images.ts")).listGlanceImages,
    "GET /v2/images/{image_id}": async () =>
      (await import("../images/show-glance-image.ts")).showGlanceImage,
    "GET /versions": async () =>
      (await import("../versions/list-image-versions.ts")).listImageVersions,
  },
} satisfies Annex;

export const handler = annex(imageAnnex);
