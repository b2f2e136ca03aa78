import { operation } from "../http/operation.ts";
import { screenAt } from "./screen-at.ts";

/** What is on a console's screen, to be read by a test or kept with its results. */
export const showScreenText = operation({
  id: "console/show-screen-text",
  service: "console",
  route: "GET /screen.txt",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem"],
  answer: "screenText",
  run: screenAt,
});
