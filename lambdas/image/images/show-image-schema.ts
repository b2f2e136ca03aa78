import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { imageSchemas } from "./image-schemas.ts";

export const showImageSchema = operation({
  id: "image/show-image-schema",
  service: "image",
  route: "GET /v2/schemas/{name}",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run({ path: { name } }) {
    if (!Object.hasOwn(imageSchemas, name)) throw notFound("schema", name);
    return imageSchemas[name];
  },
});
