import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

/** Other clouds' noVNC page; the same as vnc_auto.html. */
export const openLitePage = operation({
  id: "console/open-lite-page",
  service: "console",
  route: "GET /vnc_lite.html",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "vnc"),
});
