import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { changeImageMetadata, modifyImageAccess } from "./image-metadata.ts";

export const deleteImageMetadata = operation({
  id: "compute/delete-image-metadata",
  service: "compute",
  route: "DELETE /images/{image_id}/metadata/{key}",
  access: modifyImageAccess,
  versions: { until: 38 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { key } = call.path;
    await changeImageMetadata(environment.backend().records, call, (was) => {
      if (!Object.hasOwn(was, key)) throw notFound("image_metadata", key);
      const { [key]: _, ...others } = was;
      return others;
    });
    return undefined;
  },
});
