import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { metadefSchemas } from "./views.ts";

/** Clients request both schemas first; there are no definitions. */
export const showMetadefSchema = operation({
  id: "image/show-metadef-schema",
  service: "image",
  route: "GET /v2/schemas/metadefs/{name}",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run({ path: { name } }) {
    if (!Object.hasOwn(metadefSchemas, name)) throw notFound("schema", name);
    return metadefSchemas[name];
  },
});
