import { operation } from "../../http/operation.ts";
import { subjectOf } from "./subject-token.ts";

export const checkToken = operation({
  id: "identity/check-token",
  service: "identity",
  route: "HEAD /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: [],
  answer: "tokenExists",
  async run(call, world) {
    await subjectOf(call, world, "identity:check_token");
    return undefined;
  },
});
