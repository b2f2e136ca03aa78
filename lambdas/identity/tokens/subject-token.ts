import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { World } from "../../http/environment.ts";
import type { IssuedToken } from "../../http/responses.ts";
import { claimsOf } from "../authentication/authenticate.ts";
import { type Caller, holds } from "../model/identity.ts";

interface Asking {
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly now: Instant;
}

/**
 * The token that X-Subject-Token names: one's own, or anyone's for an administrator. One that is
 * bad, has run out or was revoked is not found (keystone/api/auth.py).
 */
export async function subjectOf(
  { caller, headers, now }: Asking,
  world: World,
  rule: string,
): Promise<IssuedToken> {
  const token = headers["x-subject-token"] ?? "";
  const claims = await claimsOf(token, world, now);
  if (!claims) throw new Fault({ kind: "no-such", what: "token", id: "" });
  if (claims.user.id !== caller.user.id && !holds(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule });
  return { token, claims };
}
