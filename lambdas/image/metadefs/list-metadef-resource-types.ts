import { operation } from "../../http/operation.ts";

/** Nobody has defined any, and nobody can. */
export const listMetadefResourceTypes = operation({
  id: "image/list-metadef-resource-types",
  service: "image",
  route: "GET /v2/metadefs/resource_types",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ resource_types: [] }),
});
