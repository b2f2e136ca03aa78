import { operation } from "../../http/operation.ts";
import { changeMetadata, metadataBody } from "./image-metadata.ts";

export const replaceImageMetadata = operation({
  id: "compute/replace-image-metadata",
  service: "compute",
  route: "PUT /images/{image_id}/metadata",
  access: "authenticated",
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "document",
  body: metadataBody,
  async run(call, world) {
    const metadata = call.body.metadata as Readonly<Record<string, string>>;
    await changeMetadata(world.backend().records, call, () => metadata);
    return { metadata };
  },
});
