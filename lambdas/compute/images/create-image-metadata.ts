import { operation } from "../../http/operation.ts";
import { changeMetadata, metadataBody } from "./image-metadata.ts";

export const createImageMetadata = operation({
  id: "compute/create-image-metadata",
  service: "compute",
  route: "POST /images/{image_id}/metadata",
  access: "authenticated",
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "document",
  body: metadataBody,
  async run(call, world) {
    const added = call.body.metadata as Readonly<Record<string, string>>;
    const metadata = await changeMetadata(world.backend().records, call, (was) => ({
      ...was,
      ...added,
    }));
    return { metadata };
  },
});
