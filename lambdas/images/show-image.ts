import { Fault } from "../domain/fault.ts";
import { imageWith } from "../domain/image.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showImage = operation({
  id: "images/show-image",
  service: "compute",
  route: "GET /images/{image_id}",
  access: "authenticated",
  calls: [],
  answer: "image",
  async run({ path }) {
    const image = imageWith(path.image_id);
    if (!image) throw new Fault({ kind: "no-such", what: "image", id: path.image_id });
    return image;
  },
});

export const handler = lambda(showImage);
