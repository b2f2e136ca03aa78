import { operation } from "../../http/operation.ts";
import { subjectOf } from "./subject-token.ts";

export const showToken = operation({
  id: "identity/show-token",
  service: "identity",
  route: "GET /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: [],
  answer: "shownToken",
  run: (call, world) => subjectOf(call, world, "identity:validate_token"),
});
