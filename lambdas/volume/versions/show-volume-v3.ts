import { operation } from "../../http/operation.ts";
import { volumeVersions } from "./volume-versions.ts";

export const showVolumeV3 = operation({
  id: "volume/show-volume-v3",
  service: "root",
  route: "GET /volume/v3",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => volumeVersions(origin),
});
