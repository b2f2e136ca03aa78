import { operation } from "../../http/operation.ts";
import { metadefNamespacesView } from "./views.ts";

export const listMetadefNamespaces = operation({
  id: "image/list-metadef-namespaces",
  service: "image",
  route: "GET /v2/metadefs/namespaces",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => metadefNamespacesView(),
});
