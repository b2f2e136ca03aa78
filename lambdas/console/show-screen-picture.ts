import { operation } from "../http/operation.ts";
import { deflateWhole } from "./deflate.ts";
import { encodePng } from "./model/png.ts";
import { screenAt } from "./screen-at.ts";

/** A console's screen as a viewer sees it, to be kept with a test's results. */
export const showScreenPicture = operation({
  id: "console/show-screen-picture",
  service: "console",
  route: "GET /screen.png",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem"],
  answer: "screenPicture",
  run: async (call, environment) => encodePng(await screenAt(call, environment), deflateWhole),
});
