import { imagesIn, named } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

export const listImageDetails = operation({
  id: "images/list-image-details",
  service: "compute",
  route: "GET /images/detail",
  access: "authenticated",
  calls: ["Query"],
  answer: "imageDetails",
  query: pageSchema,
  async run({ query }, world) {
    const all = await imagesIn(world.backend().records).all();
    return page(named(all, query.get("name")), query);
  },
});

export const handler = lambda(listImageDetails);
