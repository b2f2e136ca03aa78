import { generateKeyPairSync } from "node:crypto";
import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";
import { deployedBackend } from "../deployed/backend.ts";
import { now } from "../deployed/clock.ts";
import type { Environment } from "../http/environment.ts";
import { parseKeyRing, publicKeysOf, rotateKeys } from "../identity/authentication/key-ring.ts";
import type { Jwk } from "../identity/authentication/tokens.ts";
import { addAdministrator } from "./administrator.ts";
import { customResource, type ResourceAttributes } from "./custom-resource.ts";
import { type SecretStore, secretsManager } from "./secrets.ts";

/** Where the secrets are that the stack made. */
export interface ProvisionTargets {
  readonly signingKey: string;
  readonly administratorPassword: string;
}

/**
 * Sees to what a deployment needs that is nobody's to know: the keys that tokens are signed with, and
 * the first administrator, whose password Secrets Manager has made up. Done again, whether because an
 * answer was lost, a deployment rolled back or CloudFormation called twice, it does nothing more.
 */
export async function provision(
  event: Event,
  { backend, now }: Pick<Environment, "backend" | "now">,
  secrets: SecretStore,
  { signingKey, administratorPassword }: ProvisionTargets,
): Promise<ResourceAttributes> {
  const { ResourceProperties: properties, RequestId } = event;
  const oldProperties: Readonly<Record<string, unknown>> =
    event.RequestType === "Update" ? event.OldResourceProperties : {};
  // on a table that is not new, whoever removed the administrator meant it
  if (properties["Table"] !== oldProperties["Table"])
    await addAdministrator(backend().records, await secrets.read(administratorPassword), now());

  const storedRing = await secrets.read(signingKey);
  const ring = JSON.stringify(
    rotateKeys(parseKeyRing(storedRing), String(properties["Rotation"]), now(), generateSigningKey),
  );
  // of two at once, the second takes what the first has put
  const effectiveRing =
    ring === storedRing || (await secrets.put(signingKey, RequestId, ring))
      ? ring
      : await secrets.read(signingKey, RequestId);
  return { TokenKeys: JSON.stringify(publicKeysOf(parseKeyRing(effectiveRing))) };
}

const generateSigningKey = (): Jwk =>
  generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }) as Jwk;

export const handler = customResource((event) =>
  provision(event, { backend: deployedBackend, now }, secretsManager(), {
    signingKey: process.env["SIGNING_KEY"] ?? "",
    administratorPassword: process.env["ADMINISTRATOR_PASSWORD"] ?? "",
  }),
);
