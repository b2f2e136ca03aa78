import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Image } from "../model/image.ts";
import { accessDenied, changeImage } from "../repositories/image-access.ts";
import { isSettable, propertyNotFound, withField, withoutField } from "./image-fields.ts";
import { type ImageChange, parseImagePatch, patchTypes } from "./image-patch.ts";

/** Applies all changes or none (glance/api/v2/images.py update). */
export const updateGlanceImage = operation({
  id: "image/update-glance-image",
  service: "image",
  route: "PATCH /v2/images/{image_id}",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "image",
  body: {},
  async run(call, environment) {
    const { body, headers, caller, path } = call;
    const contentType = headers["content-type"]?.split(";")[0]?.trim();
    const type = patchTypes.find((one) => one === contentType);
    if (!type) throw new Fault({ kind: "unsupported-media" });
    const changes = parseImagePatch(body, type);
    return changeImage(environment.backend().records, path.image_id, call, (image) =>
      changes.reduce((changed, change) => {
        if (type === patchTypes[0] && change.op === "add") assertAbsent(changed, change.name);
        return applyChange(changed, change, caller);
      }, image),
    );
  },
});

function applyChange(image: Image, { op, name, value }: ImageChange, caller: Caller): Image {
  if (op === "remove") return withoutField(image, name);
  if (name === "owner" && op === "replace" && !hasRole(caller, "admin"))
    throw accessDenied("Owner can't be updated by non admin.");
  if (name === "owner" && !hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "modify_image" });
  if (op === "replace" && !isSettable(name) && !Object.hasOwn(image.properties, name))
    throw propertyNotFound(name);
  return withField(image, name, value, caller);
}

/** The older draft's "add" refuses existing members. */
function assertAbsent(image: Image, name: string): void {
  if (isSettable(name) || Object.hasOwn(image.properties, name))
    throw new Fault({ kind: "conflict", reason: `Property ${name} already present.` });
}
