import { operation } from "../../http/operation.ts";

/** Nothing here can fetch what is elsewhere. */
export const importMethods = ["glance-direct"] as const;

export const showImportInfo = operation({
  id: "image/images/show-import-info",
  service: "image",
  route: "GET /v2/info/import",
  access: "authenticated",
  dynamoCalls: [],
  answer: "document",
  run: async () => ({
    "import-methods": {
      description: "Import methods available.",
      type: "array",
      value: importMethods,
    },
  }),
});
