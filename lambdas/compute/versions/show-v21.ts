import { operation } from "../../http/operation.ts";
import { versionDocument } from "./nova-versions.ts";

export const showV21 = operation({
  id: "compute/show-v21",
  service: "root",
  route: "GET /v2.1",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => versionDocument(origin, "v2.1"),
});
