import { operation } from "../http/operation.ts";
import { deflateWhole } from "./deflate.ts";
import { encodePng } from "./model/png.ts";
import { screenAt } from "./screen-at.ts";

export const showScreenPicture = operation({
  id: "console/show-screen-picture",
  service: "console",
  route: "GET /screen.png",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem"],
  answer: "screenPicture",
  run: async (call, environment) => encodePng(await screenAt(call, environment), deflateWhole),
});
