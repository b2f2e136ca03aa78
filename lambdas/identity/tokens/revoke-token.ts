import { operation } from "../../http/operation.ts";
import { subjectOf } from "./subject-token.ts";

export const revokeToken = operation({
  id: "identity/revoke-token",
  service: "identity",
  route: "DELETE /v3/auth/tokens",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["PutItem"],
  answer: "deleted",
  async run(call, world) {
    const { claims } = await subjectOf(call, world, "identity:revoke_token");
    await world.backend().revocations.revoke(claims.id, claims.issued);
    return undefined;
  },
});
