import { deployedWith } from "./deployed.ts";
import type { Jwk } from "./tokens.ts";

let fetched: Promise<Jwk> | undefined;

/** The private key, from Secrets Manager: only the token function may read it, once a process. */
function signingKey(): Promise<Jwk> {
  fetched ??= fetchKey().catch((cause) => {
    fetched = undefined;
    throw cause;
  });
  return fetched;
}

async function fetchKey(): Promise<Jwk> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import(
    "@aws-sdk/client-secrets-manager"
  );
  const { SecretString = "" } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: process.env["SIGNING_KEY"] }),
  );
  return JSON.parse(SecretString) as Jwk;
}

/** The world of the functions that issue tokens. */
export const signing = deployedWith(signingKey);
