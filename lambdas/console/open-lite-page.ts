import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

/** The noVNC page of other clouds' URLs; the same page as vnc_auto.html. */
export const openLitePage = operation({
  id: "console/open-lite-page",
  service: "console",
  route: "GET /vnc_lite.html",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "vnc"),
});
