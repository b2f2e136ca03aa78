import { generateKeyPairSync } from "node:crypto";
import { accounts, callerOf } from "../../infra/local/accounts.ts";
import { createTokens, type Jwk } from "../../lambdas/identity/authentication/tokens.ts";
import { type Claims, tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { startTime } from "./cloud.ts";

export function testClaims(name = "demo", overrides: Partial<Claims> = {}): Claims {
  const account = accounts.find((one) => one.name === name);
  if (!account) throw new Error(`no account ${name}`);
  return {
    ...callerOf(account),
    id: "test",
    methods: ["password"],
    issued: startTime,
    expires: startTime + tokenLifetimeMs,
    ...overrides,
  };
}

export function foreignTokens() {
  const jwk = generateKeyPairSync("ed25519").privateKey.export({
    format: "jwk",
  }) as unknown as Jwk;
  return createTokens([jwk], async () => jwk);
}

export const toBase64url = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export const fromBase64url = (text: string): string => Buffer.from(text, "base64url").toString();
