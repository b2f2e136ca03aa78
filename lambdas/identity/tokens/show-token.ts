import { operation } from "../../http/operation.ts";
import { getSubjectToken } from "./subject-token.ts";

export const showToken = operation({
  id: "identity/show-token",
  service: "identity",
  route: "GET /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: [],
  answer: "shownToken",
  run: (call, environment) => getSubjectToken(call, environment, "identity:validate_token"),
});
