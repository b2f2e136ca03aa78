import { imagesIn, named } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

/** The Image API's list, whose items are whole. */
export const listGlanceImages = operation({
  id: "images/list-glance-images",
  service: "image",
  route: "GET /v2/images",
  access: "authenticated",
  calls: ["Query"],
  answer: "imageDetails",
  query: pageSchema,
  async run({ query }, world) {
    const all = await imagesIn(world.backend().records).all();
    return page(named(all, query.get("name")), query);
  },
});

export const handler = lambda(listGlanceImages);
