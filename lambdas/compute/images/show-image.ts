import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { imageFor } from "../../image/repositories/image-access.ts";

export const showImage = operation({
  id: "compute/images/show-image",
  service: "compute",
  route: "GET /images/{image_id}",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["GetItem"],
  answer: "image",
  run: (call, world) => imageFor(world.backend().records, call.path.image_id, call),
});

export const handler = lambda(showImage);
