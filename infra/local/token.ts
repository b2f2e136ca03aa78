import { randomUUID } from "node:crypto";
import type { Instant } from "../../lambdas/core/instant.ts";
import type { Tokens } from "../../lambdas/http/environment.ts";
import { tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { accounts, callerOf } from "./accounts.ts";

/** A valid token of a local account, without a request. */
export async function issueLocalToken(tokens: Tokens, name: string, now: Instant): Promise<string> {
  const account = accounts.find((one) => one.name === name);
  if (!account) throw new Error(`Unknown account "${name}".`);
  return tokens.issue({
    ...callerOf(account),
    id: randomUUID(),
    methods: ["password"],
    issued: now,
    expires: now + tokenLifetimeMs,
  });
}
