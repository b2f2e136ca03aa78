import { operation } from "../../http/operation.ts";
import { novaExtensions } from "./extensions.ts";

export const listExtensions = operation({
  id: "compute/list-extensions",
  service: "compute",
  route: "GET /extensions",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ extensions: novaExtensions }),
});
