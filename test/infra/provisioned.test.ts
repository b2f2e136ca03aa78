import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { localTable } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { type Bundled, bundled } from "../support/bundles.ts";
import { invoke } from "../support/invoke.ts";

let bundles: Bundled;
beforeAll(async () => {
  bundles = await bundled();
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

const run = promisify(execFile);
const password = "MadeUpBySecretsManager";

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Secrets Manager's two calls, by the names that its protocol has for them. */
function secretsManager() {
  const values = new Map([
    ["key", "x".repeat(32)],
    ["password", password],
  ]);
  const listener: RequestListener = async (request, response) => {
    const { SecretId, SecretString } = (await json(request)) as Record<string, string>;
    const target = String(request.headers["x-amz-target"]);
    if (target.endsWith("PutSecretValue")) values.set(SecretId ?? "", SecretString ?? "");
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ ARN: SecretId, SecretString: values.get(SecretId ?? "") }));
  };
  return { values, listener };
}

const program = `
  const { handler } = await import(process.argv[1]);
  await handler(JSON.parse(process.argv[2]), { awsRequestId: "once" });
  process.exit();`;

test("the bundles of a new deployment: what it provides opens the API, and nothing tells a secret", async () => {
  const engine = await openEngine({ name: "dynalite" });
  const table = await localTable(engine.endpoint, `provisioned-${randomUUID()}`);
  onTestFinished(async () => {
    table.db.destroy();
    table.documents.destroy();
    await engine.stop();
  });
  const { values, listener } = secretsManager();
  const answers: { readonly Status: string; readonly Data: { readonly TokenKeys: string } }[] = [];
  const ResponseURL = await served(async (request, response) => {
    answers.push((await json(request)) as (typeof answers)[number]);
    response.end();
  });
  const environment = {
    TABLE: table.name,
    SIGNING_KEY: "key",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await served(listener),
  };
  const event = {
    RequestType: "Create",
    RequestId: randomUUID(),
    StackId: "stack",
    LogicalResourceId: "TokenKeys",
    ResourceProperties: { Rotation: "first", Table: table.name },
    ResponseURL,
  };

  const { stdout, stderr } = await run(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      program,
      bundles.fileOf("provisioning/provision"),
      JSON.stringify(event),
    ],
    { env: { ...environment, ADMINISTRATOR_PASSWORD: "password" } },
  );

  const [answer] = answers;
  const [{ key } = { key: { d: "" } }] = JSON.parse(values.get("key") ?? "[]");
  const said = stdout + stderr + JSON.stringify(answers);
  expect([answers.length, answer?.Status, stdout + stderr]).toEqual([1, "SUCCESS", ""]);
  expect(key.d).toMatch(/^[\w-]{43}$/);
  for (const secret of [key.d, password]) expect(said).not.toContain(secret);

  const user = { name: "admin", domain: { id: "default" }, password };
  const keyed = { ...environment, TOKEN_KEYS: answer?.Data.TokenKeys ?? "" };
  const issued = await invoke(bundles.fileOf("identity/issue-token"), {
    route: "POST /identity/v3/auth/tokens",
    body: { auth: { identity: { methods: ["password"], password: { user } } } },
    environment: keyed,
  });
  const listed = await invoke(bundles.fileOf("servers/list-server-details"), {
    route: "GET /v2.1/servers/detail",
    headers: { "x-auth-token": issued.headers["x-subject-token"] ?? "" },
    environment: keyed,
  });
  expect([issued.statusCode, listed.statusCode]).toEqual([201, 200]);
});
