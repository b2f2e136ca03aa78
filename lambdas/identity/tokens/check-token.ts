import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { subjectOf } from "./subject-token.ts";

export const checkToken = operation({
  id: "identity/tokens/check-token",
  service: "identity",
  route: "HEAD /v3/auth/tokens",
  access: "authenticated",
  dynamoCalls: [],
  answer: "knownToken",
  async run(call, world) {
    await subjectOf(call, world, "identity:check_token");
    return undefined;
  },
});

export const handler = lambda(checkToken);
