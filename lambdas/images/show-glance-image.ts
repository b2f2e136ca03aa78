import { Fault } from "../domain/fault.ts";
import { imageWith } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showGlanceImage = operation({
  id: "images/show-glance-image",
  service: "image",
  route: "GET /v2/images/{image_id}",
  access: "authenticated",
  calls: [],
  answer: "image",
  async run({ path }) {
    const image = imageWith(path.image_id);
    if (!image) throw new Fault({ kind: "no-such", what: "image", id: path.image_id });
    return image;
  },
});

export const handler = lambda(showGlanceImage);
