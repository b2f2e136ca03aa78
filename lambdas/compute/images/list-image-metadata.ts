import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../../image/repositories/image-access.ts";

export const listImageMetadata = operation({
  id: "compute/list-image-metadata",
  service: "compute",
  route: "GET /images/{image_id}/metadata",
  access: "authenticated",
  versions: { until: 38 },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const image = await getVisibleImage(environment.backend().records, call.path.image_id, call);
    return { metadata: image.properties };
  },
});
