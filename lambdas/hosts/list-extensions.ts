import { operation } from "../http/operation.ts";
import { extensions } from "./extensions.ts";

export const listExtensions = operation({
  id: "hosts/list-extensions",
  service: "compute",
  route: "GET /extensions",
  access: "authenticated",
  calls: [],
  answer: "document",
  run: async () => ({ extensions }),
});
