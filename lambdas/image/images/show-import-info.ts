import { operation } from "../../http/operation.ts";
import { importInfoView } from "./views.ts";

export const showImportInfo = operation({
  id: "image/show-import-info",
  service: "image",
  route: "GET /v2/info/import",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => importInfoView(),
});
