import { operation } from "../../http/operation.ts";
import { metadefResourceTypesView } from "./views.ts";

export const listMetadefResourceTypes = operation({
  id: "image/list-metadef-resource-types",
  service: "image",
  route: "GET /v2/metadefs/resource_types",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => metadefResourceTypesView(),
});
