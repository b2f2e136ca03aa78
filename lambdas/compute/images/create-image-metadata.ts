import { operation } from "../../http/operation.ts";
import { changeImageMetadata, imageMetadataBody, modifyImageAccess } from "./image-metadata.ts";

export const createImageMetadata = operation({
  id: "compute/create-image-metadata",
  service: "compute",
  route: "POST /images/{image_id}/metadata",
  access: modifyImageAccess,
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: imageMetadataBody,
  async run(call, environment) {
    const added = call.body.metadata as Readonly<Record<string, string>>;
    const metadata = await changeImageMetadata(environment.backend().records, call, (was) => ({
      ...was,
      ...added,
    }));
    return { metadata };
  },
});
