import { noSuch } from "../domain/fault.ts";
import { imagesIn } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showGlanceImage = operation({
  id: "images/show-glance-image",
  service: "image",
  route: "GET /v2/images/{image_id}",
  access: "authenticated",
  calls: ["GetItem"],
  answer: "image",
  async run({ path }, world) {
    const image = await imagesIn(world.backend().records).withId(path.image_id);
    if (!image) throw noSuch("image", path.image_id);
    return image;
  },
});

export const handler = lambda(showGlanceImage);
