import { parseKeyRing } from "../identity/authentication/key-ring.ts";
import type { Jwk } from "../identity/authentication/tokens.ts";

let cachedKey: Promise<Jwk> | undefined;

/**
 * Reads the private key from Secrets Manager, once per process. Only functions that issue tokens
 * may.
 */
export function getSigningKey(): Promise<Jwk> {
  cachedKey ??= fetchSigningKey().catch((cause) => {
    cachedKey = undefined;
    throw cause;
  });
  return cachedKey;
}

/**
 * Finds the key whose public part is first in this function's environment. The secret may hold a
 * newer one that functions deployed earlier do not know yet.
 */
async function fetchSigningKey(): Promise<Jwk> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import(
    "@aws-sdk/client-secrets-manager"
  );
  const { SecretString = "" } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: process.env["SIGNING_KEY"] }),
  );
  const [own] = JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as readonly Jwk[];
  const found = parseKeyRing(SecretString).find(({ key }) => key.x === own?.x);
  if (!found) throw new Error("The secret has no private part of the signing key.");
  return found.key;
}
