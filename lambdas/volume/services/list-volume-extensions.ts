import { operation } from "../../http/operation.ts";
import { extensions } from "./extensions.ts";

export const listVolumeExtensions = operation({
  id: "volume/list-volume-extensions",
  service: "volume",
  route: "GET /extensions",
  access: { rule: "volume:extensions", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ extensions }),
});
