import type { IssuedToken } from "../domain/answers.ts";
import { Fault } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { claimsOf } from "../http/authenticate.ts";
import type { World } from "../http/world.ts";

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
