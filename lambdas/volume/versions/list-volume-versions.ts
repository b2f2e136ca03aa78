import { operation } from "../../http/operation.ts";
import { volumeVersions } from "./volume-versions.ts";

export const listVolumeVersions = operation({
  id: "volume/list-volume-versions",
  service: "root",
  route: "GET /volume",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "multipleChoices",
  run: async ({ origin }) => volumeVersions(origin),
});
