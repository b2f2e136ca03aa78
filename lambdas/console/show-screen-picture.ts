import { operation } from "../http/operation.ts";
import { deflateWhole } from "./deflate.ts";
import { png } from "./model/png.ts";
import { screenSeen } from "./screen-at.ts";

/** A console's screen as a viewer sees it, to be kept with a test's results. */
export const showScreenPicture = operation({
  id: "console/show-screen-picture",
  service: "console",
  route: "GET /screen.png",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem"],
  answer: "screenPicture",
  run: async (call, world) => png(await screenSeen(call, world), deflateWhole),
});
