import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVisibleImage } from "../../image/repositories/image-access.ts";

export const showImageMetadata = operation({
  id: "compute/show-image-metadata",
  service: "compute",
  route: "GET /images/{image_id}/metadata/{key}",
  access: "authenticated",
  versions: { until: 38 },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { image_id, key } = call.path;
    const { properties } = await getVisibleImage(environment.backend().records, image_id, call);
    if (!Object.hasOwn(properties, key)) throw new Fault({ kind: "not-in-version" });
    return { meta: { [key]: properties[key] } };
  },
});
