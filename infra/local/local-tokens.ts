import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tokens } from "../../lambdas/http/environment.ts";
import { createTokens, type Jwk } from "../../lambdas/identity/authentication/tokens.ts";

/** Tokens signed with the cloud's own key, stored beside its data or created. */
export function localTokens(directory?: string): Tokens {
  const jwk = directory ? storedKey(join(directory, "signing-key.json")) : generateKey();
  return createTokens([jwk], async () => jwk);
}

const generateKey = (): Jwk =>
  generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }) as unknown as Jwk;

function storedKey(file: string): Jwk {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Jwk;
  const jwk = generateKey();
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}
