import { operation } from "../../http/operation.ts";
import { volumeVersionsView } from "./views.ts";

export const listVolumeVersions = operation({
  id: "volume/list-volume-versions",
  service: "root",
  route: "GET /volume",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "multipleChoices",
  run: async (call) => volumeVersionsView(call),
});
