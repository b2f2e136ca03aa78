import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openLocalTable } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { type BundleResult, invokeBundle } from "../support/invoke-bundle.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

const execFileAsync = promisify(execFile);
const password = "MadeUpBySecretsManager";

async function startListener(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function startSecretsManager() {
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

const childProgram = `
  const { handler } = await import(process.argv[1]);
  await handler(JSON.parse(process.argv[2]), { awsRequestId: "once" });
  process.exit();`;

async function startProvisionedDeployment() {
  const engine = await openEngine({ name: "dynalite" });
  const table = await openLocalTable(engine.endpoint, `provisioned-${randomUUID()}`);
  onTestFinished(async () => {
    table.db.destroy();
    table.documentClient.destroy();
    await engine.stop();
  });
  const { values, listener } = startSecretsManager();
  const answers: { readonly Status: string; readonly Data: { readonly TokenKeys: string } }[] = [];
  const ResponseURL = await startListener(async (request, response) => {
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
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await startListener(listener),
  };

  return {
    ring: () => JSON.parse(values.get("key") ?? ""),

    async provision(request: object) {
      const common = { RequestId: randomUUID(), StackId: "stack", LogicalResourceId: "TokenKeys" };
      const event = JSON.stringify({ ...common, ResponseURL, ...request });
      const file = bundles.fileOf("provisioning/provision");
      const { stdout, stderr } = await execFileAsync(
        process.execPath,
        ["--input-type=module", "--eval", childProgram, file, event],
        { env: { ...environment, ADMINISTRATOR_PASSWORD: "password" } },
      );
      const answer = answers.at(-1);
      return { output: stdout + stderr, answer, keys: answer?.Data.TokenKeys ?? "" };
    },

    issue(TOKEN_KEYS: string) {
      const user = { name: "admin", domain: { id: "default" }, password };
      return invokeBundle(bundles.fileOf("identity/issue-token"), {
        route: "POST /identity/v3/auth/tokens",
        body: { auth: { identity: { methods: ["password"], password: { user } } } },
        environment: { ...environment, TOKEN_KEYS },
      });
    },

    list({ headers }: Pick<BundleResult, "headers">, TOKEN_KEYS: string) {
      return invokeBundle(bundles.fileOf("compute/list-server-details"), {
        route: "GET /v2.1/servers/detail",
        headers: { "x-auth-token": headers["x-subject-token"] ?? "" },
        environment: { ...environment, TOKEN_KEYS },
      });
    },
  };
}

const firstProperties = { Rotation: "first", Table: "table" };
const createEvent = { RequestType: "Create", ResourceProperties: firstProperties };
const rotateEvent = {
  RequestType: "Update",
  PhysicalResourceId: "TokenKeys",
  ResourceProperties: { ...firstProperties, Rotation: "second" },
  OldResourceProperties: firstProperties,
};

test("the provisioning bundle opens the API and prints no secret", async () => {
  const { provision, ring, issue, list } = await startProvisionedDeployment();

  const { output, answer, keys } = await provision(createEvent);
  const [{ key }] = ring();
  expect([answer?.Status, output]).toEqual(["SUCCESS", ""]);
  expect(key.d).toMatch(/^[\w-]{43}$/);
  for (const secret of [key.d, password]) expect(JSON.stringify(answer)).not.toContain(secret);

  const issued = await issue(keys);
  expect([issued.statusCode, (await list(issued, keys)).statusCode]).toEqual([201, 200]);
});

test("during a rotation every issued token can be verified", async () => {
  const { provision, issue, list } = await startProvisionedDeployment();
  const before = (await provision(createEvent)).keys;
  const after = (await provision(rotateEvent)).keys;

  // Functions get the new environment one by one, signers last.
  const old = await issue(before);
  const listed = await Promise.all([list(old, before), list(old, after)]);
  const next = await issue(after);

  expect(listed.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect((await list(next, after)).statusCode).toBe(200);
  expect((await list(next, before)).statusCode).toBe(401);
});
