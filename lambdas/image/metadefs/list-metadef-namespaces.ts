import { operation } from "../../http/operation.ts";

export const listMetadefNamespaces = operation({
  id: "image/list-metadef-namespaces",
  service: "image",
  route: "GET /v2/metadefs/namespaces",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({
    first: "/v2/metadefs/namespaces",
    namespaces: [],
    schema: "/v2/schemas/metadefs/namespaces",
  }),
});
