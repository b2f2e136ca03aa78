import { operation } from "../../http/operation.ts";
import { imageVersions } from "./image-versions.ts";

export const listImageVersions = operation({
  id: "image/list-image-versions",
  service: "root",
  route: "GET /image/versions",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => imageVersions(origin),
});
