import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import type { Image } from "../model/image.ts";
import { changeImage, denied } from "../repositories/image-access.ts";
import { absent, isField, withField, withoutField } from "./image-fields.ts";
import { type Change, changesIn, patchTypes } from "./image-patch.ts";

/** glance/api/v2/images.py update: every change of a patch, or none. */
export const updateGlanceImage = operation({
  id: "image/update-glance-image",
  service: "image",
  route: "PATCH /v2/images/{image_id}",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "image",
  body: {},
  async run(call, world) {
    const { body, headers, caller, path } = call;
    const sent = headers["content-type"]?.split(";")[0]?.trim();
    const type = patchTypes.find((one) => one === sent);
    if (!type) throw new Fault({ kind: "unsupported-media" });
    const changes = changesIn(body, type);
    return changeImage(world.backend().records, path.image_id, call, (image) =>
      changes.reduce((changed, change) => {
        if (type === patchTypes[0] && change.op === "add") refusePresent(changed, change.name);
        return made(changed, change, caller);
      }, image),
    );
  },
});

function made(image: Image, { op, name, value }: Change, caller: Caller): Image {
  if (op === "remove") return withoutField(image, name);
  if (name === "owner" && op === "replace" && !holds(caller, "admin"))
    throw denied("Owner can't be updated by non admin.");
  if (name === "owner" && !holds(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "modify_image" });
  if (op === "replace" && !isField(name) && !Object.hasOwn(image.properties, name))
    throw absent(name);
  return withField(image, name, value, caller);
}

/** The older draft's "add" adds what was not there. */
function refusePresent(image: Image, name: string): void {
  if (isField(name) || Object.hasOwn(image.properties, name))
    throw new Fault({ kind: "conflict", reason: `Property ${name} already present.` });
}
