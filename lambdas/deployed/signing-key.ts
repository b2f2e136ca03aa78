import { keyRingIn } from "../identity/authentication/key-ring.ts";
import type { Jwk } from "../identity/authentication/tokens.ts";

let fetched: Promise<Jwk> | undefined;

/** The private key, from Secrets Manager: only the token function may read it, once a process. */
export function signingKey(): Promise<Jwk> {
  fetched ??= fetchKey().catch((cause) => {
    fetched = undefined;
    throw cause;
  });
  return fetched;
}

/**
 * Of the keys in the secret, the one whose public part comes first in this function's environment: a
 * newer one may be there already that the others, deployed one by one, do not know yet.
 */
async function fetchKey(): Promise<Jwk> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import(
    "@aws-sdk/client-secrets-manager"
  );
  const { SecretString = "" } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: process.env["SIGNING_KEY"] }),
  );
  const [own] = JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as readonly Jwk[];
  const found = keyRingIn(SecretString).find(({ key }) => key.x === own?.x);
  if (!found) throw new Error("The secret has no private part of the key that is to sign tokens.");
  return found.key;
}
