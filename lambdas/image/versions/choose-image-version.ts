import { operation } from "../../http/operation.ts";
import { imageVersionsView } from "./views.ts";

export const chooseImageVersion = operation({
  id: "image/choose-image-version",
  service: "root",
  route: "GET /image",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "multipleChoices",
  run: async (call) => imageVersionsView(call),
});
