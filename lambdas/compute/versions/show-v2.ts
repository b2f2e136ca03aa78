import { operation } from "../../http/operation.ts";
import { versionDocument } from "./nova-versions.ts";

export const showV2 = operation({
  id: "compute/show-v2",
  service: "root",
  route: "GET /v2",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => versionDocument(origin, "v2"),
});
