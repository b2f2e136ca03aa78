import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

/** The default of Nova's `novncproxy_base_url` (E-33). */
export const openVncPage = operation({
  id: "console/open-vnc-page",
  service: "console",
  route: "GET /vnc_auto.html",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "vnc"),
});
