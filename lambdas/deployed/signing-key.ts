import { parseKeyRing } from "../identity/authentication/key-ring.ts";
import type { Jwk } from "../identity/authentication/tokens.ts";

let cachedKey: Promise<Jwk> | undefined;

/** The private key, from Secrets Manager: only the token function may read it, once a process. */
export function getSigningKey(): Promise<Jwk> {
  cachedKey ??= fetchSigningKey().catch((cause) => {
    cachedKey = undefined;
    throw cause;
  });
  return cachedKey;
}

/**
 * Of the keys in the secret, the one whose public part comes first in this function's environment: a
 * newer one may be there already that the others, deployed one by one, do not know yet.
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
  if (!found) throw new Error("The secret has no private part of the key that is to sign tokens.");
  return found.key;
}
