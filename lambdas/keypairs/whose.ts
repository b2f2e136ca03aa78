import { Fault } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";

/**
 * Whose keypairs they are: the caller's, or from 2.10 on those of whom an administrator names
 * (nova/policies/keypairs.py).
 */
export function whose(
  { caller, microversion }: { readonly caller: Caller; readonly microversion: number },
  asked: string | null | undefined,
  rule: string,
): string {
  const own = caller.user.id;
  const user = microversion < 10 ? own : asked || own;
  if (user !== own && !holds(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
  return user;
}
