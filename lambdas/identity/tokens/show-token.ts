import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { subjectOf } from "./subject-token.ts";

export const showToken = operation({
  id: "identity/tokens/show-token",
  service: "identity",
  route: "GET /v3/auth/tokens",
  access: "authenticated",
  dynamoCalls: [],
  answer: "shownToken",
  run: (call, world) => subjectOf(call, world, "identity:validate_token"),
});

export const handler = lambda(showToken);
