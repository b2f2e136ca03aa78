import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { localEnvironment } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { startDeployment } from "../support/deployment.ts";
import { invokeBundle } from "../support/invoke-bundle.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove());

async function startEnvironments() {
  const engine = await openEngine({ name: "dynalite" });
  const { table, environment, close } = await startDeployment(engine.endpoint);
  onTestFinished(async () => {
    close();
    await engine.stop();
  });
  await localEnvironment(table);
  const { SIGNING_KEY: _, ...plain } = environment;
  return { signing: environment, plain };
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

test("a token signed by one bundle is valid in another, and neither loads undici", async () => {
  const { signing, plain } = await startEnvironments();

  const issued = await invokeBundle(bundles.fileOf("identity/issue-token"), {
    route: "POST /identity/v3/auth/tokens",
    body: credentials,
    environment: signing,
  });
  const listed = await invokeBundle(bundles.fileOf("compute/list-server-details"), {
    route: "GET /v2.1/servers/detail",
    headers: { "x-auth-token": issued.headers["x-subject-token"] ?? "" },
    environment: plain,
  });

  expect([issued.statusCode, issued.undici]).toEqual([201, false]);
  expect([listed.statusCode, listed.body, listed.undici]).toEqual([200, '{"servers":[]}', false]);
});

test("the fallback finds the operation for a lenient spelling", async () => {
  const { plain } = await startEnvironments();

  const listed = await invokeBundle(bundles.fileOf("fallback"), {
    route: "GET /servers/detail.json",
    headers: { authorization: `Basic ${btoa("demo:demo")}` },
    environment: plain,
  });

  expect([listed.statusCode, listed.undici]).toEqual([200, false]);
});

test("a token signed with an unknown key is refused", async () => {
  const { signing, plain } = await startEnvironments();
  const issued = await invokeBundle(bundles.fileOf("identity/issue-token"), {
    route: "POST /identity/v3/auth/tokens",
    body: credentials,
    environment: signing,
  });

  const listed = await invokeBundle(bundles.fileOf("compute/list-server-details"), {
    route: "GET /v2.1/servers/detail",
    headers: { "x-auth-token": issued.headers["x-subject-token"] ?? "" },
    environment: { ...plain, TOKEN_KEYS: "[]" },
  });

  expect(listed.statusCode).toBe(401);
  expect(listed.logLines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: "INFO",
      requestId: "once",
      operation: "compute/list-server-details",
      status: 401,
      fault: "unauthenticated",
    }),
  ]);
});

test("a console page exchanges, and its files are deployed beside the functions", async () => {
  const environment = { LAMBDA_TASK_ROOT: bundles.dist };
  const page = await invokeBundle(bundles.fileOf("console/open-console"), {
    route: "GET /console",
    environment,
  });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('data-channel="exchange"');
  const named = [...(page.body ?? "").matchAll(/\/console\/assets\/([^"]+)/g)];
  expect(named).toHaveLength(3);
  for (const [path = ""] of named) {
    const { statusCode, isBase64Encoded, headers } = await invokeBundle(
      bundles.fileOf("console/group"),
      {
        route: `GET ${path}`,
        headers: { "accept-encoding": "gzip" },
        environment,
      },
    );
    expect([statusCode, isBase64Encoded, headers["content-encoding"]]).toEqual([200, true, "gzip"]);
  }
});
