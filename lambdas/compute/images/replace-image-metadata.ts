import { operation } from "../../http/operation.ts";
import { changeImageMetadata, imageMetadataBody, modifyImageAccess } from "./image-metadata.ts";

export const replaceImageMetadata = operation({
  id: "compute/replace-image-metadata",
  service: "compute",
  route: "PUT /images/{image_id}/metadata",
  access: modifyImageAccess,
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: imageMetadataBody,
  async run(call, environment) {
    const metadata = call.body.metadata as Readonly<Record<string, string>>;
    await changeImageMetadata(environment.backend().records, call, () => metadata);
    return { metadata };
  },
});
