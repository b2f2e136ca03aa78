import { badRequest, Fault } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";

/** From 2.10 on an administrator may name another user. */
export function resolveOwner(
  { caller, microversion }: { readonly caller: Caller; readonly microversion: number },
  requestedUser: string | null | undefined,
  rule: string,
): string {
  const ownId = caller.user.id;
  const user = microversion < 10 ? ownId : requestedUser || ownId;
  if (user !== ownId && !hasRole(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
  // the limit of a table key
  if (user.length > 255) throw badRequest("user_id has more than 255 characters.");
  return user;
}
