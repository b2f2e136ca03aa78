import { operation } from "../../http/operation.ts";
import { resourcesView } from "./views.ts";

export const showResources = operation({
  id: "network/show-resources",
  service: "network",
  route: "GET /v2.0",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async (call) => resourcesView(call),
});
