import { operation } from "../http/operation.ts";
import { openPage } from "./open-page.ts";

/** The token in the URL is the credential (S1-14, S1-15). */
export const openConsole = operation({
  id: "console/open-console",
  service: "root",
  route: "GET /console",
  function: "own",
  access: "public",
  dynamoCalls: ["GetItem"],
  answer: "consolePage",
  run: (call, environment) => openPage(call, environment, "vnc"),
});
