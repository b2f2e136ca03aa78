import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

/** noVNC's other page, which other clouds' addresses lead to: here they are one. */
export const openLitePage = operation({
  id: "console/open-lite-page",
  service: "console",
  route: "GET /vnc_lite.html",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "vnc"),
});
