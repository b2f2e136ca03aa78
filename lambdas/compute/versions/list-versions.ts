import { operation } from "../../http/operation.ts";
import { versionsDocument } from "./nova-versions.ts";

export const listVersions = operation({
  id: "compute/list-versions",
  service: "root",
  route: "GET /",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => versionsDocument(origin),
});
