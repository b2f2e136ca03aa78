import { operation } from "../../http/operation.ts";
import { accessDenied, changeImage } from "../repositories/image-access.ts";

/** Idempotent (glance/domain/__init__.py reactivate). */
export const reactivateImage = operation({
  id: "image/reactivate-image",
  service: "image",
  route: "POST /v2/images/{image_id}/actions/reactivate",
  access: { rule: "reactivate", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "deleted",
  async run(call, environment) {
    await changeImage(environment.backend().records, call.path.image_id, call, (image) => {
      if (image.status === "active") return image;
      if (image.status !== "deactivated")
        throw accessDenied(`Not allowed to reactivate image in status '${image.status}'`);
      const { upload: _, ...plain } = image;
      return { ...plain, status: "active" };
    });
    return undefined;
  },
});
