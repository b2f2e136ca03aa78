import { operation } from "../../http/operation.ts";
import { extensions } from "./extensions.ts";

export const listExtensions = operation({
  id: "compute/extensions/list-extensions",
  service: "compute",
  route: "GET /extensions",
  access: "authenticated",
  dynamoCalls: [],
  answer: "document",
  run: async () => ({ extensions }),
});
