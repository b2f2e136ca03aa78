import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../repositories/image-access.ts";

export const showGlanceImage = operation({
  id: "image/show-glance-image",
  service: "image",
  route: "GET /v2/images/{image_id}",
  function: "own",
  access: { rule: "get_image", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "image",
  run: (call, environment) =>
    getVisibleImage(environment.backend().records, call.path.image_id, call),
});
