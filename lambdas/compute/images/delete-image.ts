import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { accessDenied, removeImage } from "../../image/repositories/image-access.ts";
import { imageData } from "../../image/repositories/images.ts";

export const deleteImage = operation({
  id: "compute/delete-image",
  service: "compute",
  route: "DELETE /images/{image_id}",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { id } = await removeImage(records, call.path.image_id, call).catch(rethrowForNova);
    await records.remove(imageData, id);
    return undefined;
  },
});

/** nova/api/openstack/compute/images.py:119: one text for every error of Glance */
function rethrowForNova(cause: unknown): never {
  if (cause instanceof Fault && cause.refusal.kind === "denied")
    throw accessDenied("You are not allowed to delete the image.");
  throw cause;
}
