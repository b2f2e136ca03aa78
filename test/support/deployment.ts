import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openLocalTable } from "../../infra/local/cloud.ts";
import { createTokens, type Jwk } from "../../lambdas/identity/authentication/tokens.ts";

export async function startDeployment(endpoint: string) {
  const table = await openLocalTable(endpoint, `deployed-${randomUUID()}`);
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const jwk = privateKey.export({ format: "jwk" }) as unknown as Jwk;
  const signingKey = "arn:aws:secretsmanager:us-east-1:000000000000:secret:SigningKey";
  const secrets = createServer((request, response) => {
    request.resume();
    const SecretString = JSON.stringify([{ label: "first", key: jwk }]);
    response.end(JSON.stringify({ ARN: signingKey, Name: "SigningKey", SecretString }));
  }).listen(0, "127.0.0.1");
  await once(secrets, "listening");
  return {
    table,
    tokens: createTokens([jwk], async () => jwk),
    /** For signing functions; others have no SIGNING_KEY. */
    environment: {
      TABLE: table.name,
      TOKEN_KEYS: JSON.stringify([publicKey.export({ format: "jwk" })]),
      SIGNING_KEY: signingKey,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
    },
    close() {
      table.db.destroy();
      table.documentClient.destroy();
      secrets.closeAllConnections();
      secrets.close();
    },
  };
}

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;
