import { imagesNamed } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

/** The Image API's list, whose items are whole. */
export const listGlanceImages = operation({
  id: "images/list-glance-images",
  service: "image",
  route: "GET /v2/images",
  access: "authenticated",
  calls: [],
  answer: "imageDetails",
  query: pageSchema,
  run: async ({ query }) => page(imagesNamed(query.get("name")), query),
});

export const handler = lambda(listGlanceImages);
