import { operation } from "../../http/operation.ts";
import { importMethods } from "./import-methods.ts";

export const showImportInfo = operation({
  id: "image/show-import-info",
  service: "image",
  route: "GET /v2/info/import",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({
    "import-methods": {
      description: "Import methods available.",
      type: "array",
      value: importMethods,
    },
  }),
});
