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

/** The ARNs of the stack's secrets. */
export interface ProvisionTargets {
  readonly signingKey: string;
  readonly administratorPassword: string;
}

/**
 * Creates the signing keys and the first administrator, whose password Secrets Manager generated.
 * Idempotent: CloudFormation repeats calls, and rolled-back deployments run again.
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
  // an administrator removed from an existing table stays removed
  if (properties["Table"] !== oldProperties["Table"])
    await addAdministrator(backend().records, await secrets.read(administratorPassword), now());

  const storedRing = await secrets.read(signingKey);
  const ring = JSON.stringify(
    rotateKeys(parseKeyRing(storedRing), String(properties["Rotation"]), now(), generateSigningKey),
  );
  // of two concurrent calls, the second uses the first one's keys
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
