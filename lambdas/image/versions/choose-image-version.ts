import { operation } from "../../http/operation.ts";
import { imageVersions } from "./image-versions.ts";

export const chooseImageVersion = operation({
  id: "image/choose-image-version",
  service: "root",
  route: "GET /image",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "multipleChoices",
  run: async ({ origin }) => imageVersions(origin),
});
