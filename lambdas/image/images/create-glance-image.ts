import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import { type Image, imageDefaults } from "../model/image.ts";
import { accessDenied, enforceImageLimits } from "../repositories/image-access.ts";
import { imagesIn } from "../repositories/images.ts";
import { withField } from "./image-fields.ts";
import { disallowedFields, imageSchema, isBaseProperty, isReservedName } from "./image-schema.ts";

/** glance/api/v2/images.py create. */
export const createGlanceImage = operation({
  id: "image/create-glance-image",
  service: "image",
  route: "POST /v2/images",
  access: { rule: "add_image", role: "member" },
  dynamoCalls: ["PutItem"],
  answer: "createdImage",
  body: imageSchema,
  async run({ body, caller, project, now }, environment) {
    const attributes: Readonly<Record<string, unknown>> = body;
    for (const name of Object.keys(attributes)) assertSettable(name);
    assertMayOwn(attributes, caller);
    const { id = randomUUID(), ...rest } = attributes;
    const queuedImage: Image = {
      ...imageDefaults,
      id: String(id).toLowerCase(),
      owner: project,
      created: now,
      updated: now,
    };
    const image = Object.entries(rest).reduce(
      (built, [name, value]) => withField(built, name, value, caller),
      queuedImage,
    );
    if (!(await imagesIn(environment.backend().records).add(enforceImageLimits(image))))
      throw new Fault({ kind: "taken", what: "image", id: image.id });
    return image;
  },
});

/** Set by the service; unlike the id, which a request may choose. */
const serviceFields = [
  ...["created_at", "updated_at", "status", "checksum", "size", "virtual_size"],
  ...["os_hash_algo", "os_hash_value"],
];

function assertSettable(name: string): void {
  if (disallowedFields.includes(name) || serviceFields.includes(name))
    throw accessDenied(`Attribute '${name}' is read-only.`);
  if (isReservedName(name)) throw accessDenied(`Attribute '${name}' is reserved.`);
  if (!isBaseProperty(name) && name.length > 255)
    throw badRequest("Custom property should not be greater than 255 characters.");
}

function assertMayOwn({ owner }: Readonly<Record<string, unknown>>, caller: Caller): void {
  if (owner !== undefined && owner !== caller.project?.id && !hasRole(caller, "admin"))
    throw accessDenied(`You are not permitted to create images owned by '${owner}'`);
}
