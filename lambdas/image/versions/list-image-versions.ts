import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { imageVersions } from "./image-versions.ts";

export const listImageVersions = operation({
  id: "image/versions/list-image-versions",
  service: "root",
  route: "GET /image/versions",
  access: "public",
  dynamoCalls: [],
  answer: "document",
  run: async ({ origin }) => imageVersions(origin),
});

export const handler = lambda(listImageVersions);
