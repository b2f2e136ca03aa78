import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { changeImageMetadata, imageMetadataField, modifyImageAccess } from "./image-metadata.ts";

export const updateImageMetadata = operation({
  id: "compute/update-image-metadata",
  service: "compute",
  route: "PUT /images/{image_id}/metadata/{key}",
  access: modifyImageAccess,
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { meta: { ...imageMetadataField, minProperties: 1, maxProperties: 1 } },
    required: ["meta"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { key } = call.path;
    const meta = call.body.meta as Readonly<Record<string, string>>;
    if (!Object.hasOwn(meta, key)) throw badRequest("Request body and URI mismatch");
    await changeImageMetadata(environment.backend().records, call, (was) => ({ ...was, ...meta }));
    return { meta };
  },
});
