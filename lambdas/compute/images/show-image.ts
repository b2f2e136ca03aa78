import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../../image/repositories/image-access.ts";

export const showImage = operation({
  id: "compute/show-image",
  service: "compute",
  route: "GET /images/{image_id}",
  function: "own",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["GetItem"],
  answer: "image",
  run: (call, environment) =>
    getVisibleImage(environment.backend().records, call.path.image_id, call),
});
