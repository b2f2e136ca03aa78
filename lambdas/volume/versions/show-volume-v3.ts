import { operation } from "../../http/operation.ts";
import { volumeVersionsView } from "./views.ts";

export const showVolumeV3 = operation({
  id: "volume/show-volume-v3",
  service: "root",
  route: "GET /volume/v3",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async (call) => volumeVersionsView(call),
});
