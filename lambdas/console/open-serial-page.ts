import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

export const openSerialPage = operation({
  id: "console/open-serial-page",
  service: "console",
  route: "GET /serial.html",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "serial"),
});
