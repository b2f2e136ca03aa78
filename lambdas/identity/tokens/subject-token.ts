import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import type { IssuedToken } from "../../http/responses.ts";
import { verifyToken } from "../authentication/authenticate.ts";
import { type Caller, hasRole } from "../model/identity.ts";

interface SubjectTokenCall {
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: Instant;
}

/**
 * The caller's own token, or any for an administrator. Throws `no-such` for an invalid, expired or
 * revoked one.
 */
export async function getSubjectToken(
  { caller, headers, now }: SubjectTokenCall,
  environment: Environment,
  rule: string,
): Promise<IssuedToken> {
  const token = headers["x-subject-token"] ?? "";
  const claims = await verifyToken(token, environment, now);
  if (!claims) throw new Fault({ kind: "no-such", what: "token", id: "" });
  if (claims.user.id !== caller.user.id && !hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule });
  return { token, claims };
}
