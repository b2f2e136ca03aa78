import { operation } from "../../http/operation.ts";
import { accessDenied, changeImage } from "../repositories/image-access.ts";

/** Idempotent (glance/domain/__init__.py deactivate). */
export const deactivateImage = operation({
  id: "image/deactivate-image",
  service: "image",
  route: "POST /v2/images/{image_id}/actions/deactivate",
  access: { rule: "deactivate", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    await changeImage(environment.backend().records, call.path.image_id, call, (image) => {
      if (image.status === "deactivated") return image;
      if (image.status !== "active")
        throw accessDenied(`Not allowed to deactivate image in status '${image.status}'`);
      const { upload: _, ...plain } = image;
      return { ...plain, status: "deactivated" };
    });
    return undefined;
  },
});
