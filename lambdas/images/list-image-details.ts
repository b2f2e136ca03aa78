import { imagesNamed } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

export const listImageDetails = operation({
  id: "images/list-image-details",
  service: "compute",
  route: "GET /images/detail",
  access: "authenticated",
  calls: [],
  answer: "imageDetails",
  query: pageSchema,
  run: async ({ query }) => page(imagesNamed(query.get("name")), query),
});

export const handler = lambda(listImageDetails);
