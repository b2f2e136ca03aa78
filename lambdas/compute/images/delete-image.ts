import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { accessDenied, removeImage } from "../../image/repositories/image-access.ts";
import { imageData } from "../../image/repositories/images.ts";

/** nova/api/openstack/compute/images.py:119 has one text for every refusal of Glance. */
const notAllowed = "You are not allowed to delete the image.";

export const deleteImage = operation({
  id: "compute/delete-image",
  service: "compute",
  route: "DELETE /images/{image_id}",
  access: { rule: "delete_image", role: "member", refusal: () => notAllowed },
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

function rethrowForNova(cause: unknown): never {
  if (cause instanceof Fault && cause.refusal.kind === "denied") throw accessDenied(notAllowed);
  throw cause;
}
