import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { versionDocument } from "./nova-versions.ts";

export const showV2 = operation({
  id: "compute/versions/show-v2",
  service: "root",
  route: "GET /v2",
  access: "public",
  dynamoCalls: [],
  answer: "document",
  run: async ({ origin }) => versionDocument(origin, "v2"),
});

export const handler = lambda(showV2);
