import { operation } from "../http/operation.ts";
import { screenAt } from "./screen-at.ts";

export const showScreenText = operation({
  id: "console/show-screen-text",
  service: "console",
  route: "GET /screen.txt",
  access: "public",
  dynamoCalls: ["BatchGetItem", "GetItem"],
  answer: "screenText",
  run: screenAt,
});
