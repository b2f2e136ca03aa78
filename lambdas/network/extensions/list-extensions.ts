import { operation } from "../../http/operation.ts";
import { extensionsView } from "./views.ts";

export const listExtensions = operation({
  id: "network/list-extensions",
  service: "network",
  route: "GET /v2.0/extensions",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => extensionsView(),
});
