import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { localTable, localWorld } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { type Bundled, bundled } from "../support/bundles.ts";
import { invoke } from "../support/invoke.ts";

let bundles: Bundled;
beforeAll(async () => {
  bundles = await bundled();
}, 60_000);
afterAll(() => bundles.remove());

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:SigningKey";

/** What the stack puts into a function's environment, with the services it leads to on this machine. */
async function environment(): Promise<Record<string, string>> {
  const engine = await openEngine({ name: "dynalite" });
  const table = await localTable(engine.endpoint, `deployed-${randomUUID()}`);
  await localWorld(table);
  const secrets = createServer((request, response) => {
    request.resume();
    const SecretString = JSON.stringify(privateKey.export({ format: "jwk" }));
    response.end(JSON.stringify({ ARN: arn, Name: "SigningKey", SecretString }));
  }).listen(0, "127.0.0.1");
  await once(secrets, "listening");
  onTestFinished(async () => {
    table.db.destroy();
    table.documents.destroy();
    secrets.closeAllConnections();
    secrets.close();
    await engine.stop();
  });
  return {
    TABLE: table.name,
    TOKEN_KEYS: JSON.stringify([publicKey.export({ format: "jwk" })]),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
  };
}

const credentials = {
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
    },
    scope: { project: { name: "demo", domain: { id: "default" } } },
  },
};

test("a token that one bundle signs with the secret opens another, and neither loads undici", async () => {
  const world = await environment();

  const issued = await invoke(bundles.fileOf("identity/issue-token"), {
    route: "POST /identity/v3/auth/tokens",
    body: credentials,
    environment: { ...world, SIGNING_KEY: arn },
  });
  const listed = await invoke(bundles.fileOf("servers/list-server-details"), {
    route: "GET /v2.1/servers/detail",
    headers: { "x-auth-token": issued.headers["x-subject-token"] ?? "" },
    environment: world,
  });

  expect([issued.statusCode, issued.undici]).toEqual([201, false]);
  expect([listed.statusCode, listed.body, listed.undici]).toEqual([200, '{"servers":[]}', false]);
});

test("the fallback finds the operation that a lenient spelling means", async () => {
  const world = await environment();

  const listed = await invoke(bundles.fileOf("fallback"), {
    route: "GET /servers/detail.json",
    headers: { authorization: `Basic ${btoa("demo:demo")}` },
    environment: world,
  });

  expect([listed.statusCode, listed.undici]).toEqual([200, false]);
});

test("a token signed with a key that is not among the public ones opens nothing", async () => {
  const world = await environment();
  const issued = await invoke(bundles.fileOf("identity/issue-token"), {
    route: "POST /identity/v3/auth/tokens",
    body: credentials,
    environment: { ...world, SIGNING_KEY: arn },
  });

  const listed = await invoke(bundles.fileOf("servers/list-server-details"), {
    route: "GET /v2.1/servers/detail",
    headers: { "x-auth-token": issued.headers["x-subject-token"] ?? "" },
    environment: { ...world, TOKEN_KEYS: "[]" },
  });

  expect(listed.statusCode).toBe(401);
});

test("a console's page exchanges, and its files lie beside the functions", async () => {
  const environment = { LAMBDA_TASK_ROOT: bundles.dist };
  const page = await invoke(bundles.fileOf("consoles/open-console"), {
    route: "GET /console",
    environment,
  });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('data-channel="exchange"');
  const named = [...(page.body ?? "").matchAll(/\/console\/assets\/([^"]+)/g)];
  expect(named).toHaveLength(3);
  for (const [path = ""] of named) {
    const { statusCode, isBase64Encoded, headers } = await invoke(
      bundles.fileOf("annexes/console"),
      { route: `GET ${path}`, headers: { "accept-encoding": "gzip" }, environment },
    );
    expect([statusCode, isBase64Encoded, headers["content-encoding"]]).toEqual([200, true, "gzip"]);
  }
});
