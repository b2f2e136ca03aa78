import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { imageVersions } from "./image-versions.ts";

export const chooseImageVersion = operation({
  id: "image/versions/choose-image-version",
  service: "root",
  route: "GET /image",
  access: "public",
  dynamoCalls: [],
  answer: "choices",
  run: async ({ origin }) => imageVersions(origin),
});

export const handler = lambda(chooseImageVersion);
