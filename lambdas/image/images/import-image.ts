import { badRequest, Fault } from "../../core/fault.ts";
import { str } from "../../core/python-json.ts";
import { operation } from "../../http/operation.ts";
import { isRecord } from "../../http/validation.ts";
import { changeImage } from "../repositories/image-access.ts";
import { assertFormats } from "../repositories/image-upload.ts";
import { importMethods } from "./import-methods.ts";

/** Activates a staged image at once (glance/api/v2/images.py import_image). */
export const importImage = operation({
  id: "image/import-image",
  service: "image",
  route: "POST /v2/images/{image_id}/import",
  access: { rule: "modify_image", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "accepted",
  body: {},
  async run(call, environment) {
    assertImportMethod(call.body);
    await changeImage(environment.backend().records, call.path.image_id, call, (image) => {
      if (image.status !== "uploading")
        throw new Fault({
          kind: "conflict",
          reason: `Image needs to be staged before 'glance-direct' method can be used`,
        });
      assertFormats(image);
      return { ...image, status: "active" };
    });
    return undefined;
  },
});

function assertImportMethod(body: unknown): void {
  const { method } = isRecord(body) ? body : {};
  if (!isRecord(method)) throw badRequest("Import request requires a 'method' field.");
  const { name } = method;
  if (name === undefined) throw badRequest("Import request requires a 'name' field.");
  if (!importMethods.some((known) => known === name))
    throw badRequest(`Unknown import method name '${str(name)}'.`);
}
