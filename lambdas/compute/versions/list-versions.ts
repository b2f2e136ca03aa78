import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { versionsDocument } from "./nova-versions.ts";

export const listVersions = operation({
  id: "compute/versions/list-versions",
  service: "root",
  route: "GET /",
  access: "public",
  dynamoCalls: [],
  answer: "document",
  run: async ({ origin }) => versionsDocument(origin),
});

export const handler = lambda(listVersions);
