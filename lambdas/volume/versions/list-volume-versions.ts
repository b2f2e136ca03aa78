import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { volumeVersions } from "./volume-versions.ts";

export const listVolumeVersions = operation({
  id: "volume/versions/list-volume-versions",
  service: "root",
  route: "GET /volume",
  access: "public",
  dynamoCalls: [],
  answer: "choices",
  run: async ({ origin }) => volumeVersions(origin),
});

export const handler = lambda(listVolumeVersions);
