import { operation } from "../../http/operation.ts";
import { imageVersionsView } from "./views.ts";

export const listImageVersions = operation({
  id: "image/list-image-versions",
  service: "root",
  route: "GET /image/versions",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async (call) => imageVersionsView(call),
});
