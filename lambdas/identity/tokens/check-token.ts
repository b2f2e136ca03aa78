import { operation } from "../../http/operation.ts";
import { getSubjectToken } from "./subject-token.ts";

export const checkToken = operation({
  id: "identity/check-token",
  service: "identity",
  route: "HEAD /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: [],
  answer: "tokenExists",
  async run(call, environment) {
    await getSubjectToken(call, environment, "identity:check_token");
    return undefined;
  },
});
