import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { volumeVersions } from "./volume-versions.ts";

export const showVolumeV3 = operation({
  id: "volume/versions/show-volume-v3",
  service: "root",
  route: "GET /volume/v3",
  access: "public",
  dynamoCalls: [],
  answer: "document",
  run: async ({ origin }) => volumeVersions(origin),
});

export const handler = lambda(showVolumeV3);
