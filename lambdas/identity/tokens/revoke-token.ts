import { operation } from "../../http/operation.ts";
import { getSubjectToken } from "./subject-token.ts";

export const revokeToken = operation({
  id: "identity/revoke-token",
  service: "identity",
  route: "DELETE /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["PutItem"],
  answer: "deleted",
  async run(call, environment) {
    const { claims } = await getSubjectToken(call, environment, "identity:revoke_token");
    await environment.backend().revocations.revoke(claims.id, claims.issued);
    return undefined;
  },
});
