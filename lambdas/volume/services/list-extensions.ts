import { operation } from "../../http/operation.ts";
import { extensions } from "./extensions.ts";

export const listVolumeExtensions = operation({
  id: "volume/services/list-extensions",
  service: "volume",
  route: "GET /extensions",
  access: { rule: "volume:extensions", role: "reader" },
  calls: [],
  answer: "document",
  run: async () => ({ extensions }),
});
