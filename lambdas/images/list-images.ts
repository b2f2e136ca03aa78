import { imagesNamed } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

export const listImages = operation({
  id: "images/list-images",
  service: "compute",
  route: "GET /images",
  access: "authenticated",
  calls: [],
  answer: "images",
  query: pageSchema,
  run: async ({ query }) => page(imagesNamed(query.get("name")), query),
});

export const handler = lambda(listImages);
