/**
 * `npm run test:runtime -- N`: runs events/ and N cold starts (20) under AWS's runtime client. Only
 * times of one run compare.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localEnvironment } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { readExchange, replayExchange } from "../../infra/local/recorded-exchange.ts";
import { sampleServer } from "../../infra/local/sample-server.ts";
import { issueLocalToken } from "../../infra/local/token.ts";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import { routes } from "../../lambdas/functions.ts";
import type { Event, Handler } from "../../lambdas/http/handler.ts";
import { bundleFunctions } from "../support/bundles.ts";
import { startDeployment } from "../support/deployment.ts";
import { hasRuntimeClient, startRuntime } from "./runtime.ts";

/** Milliseconds above an empty handler: a show, and any other. */
const [showTarget, target] = [65, 130];

const loginUser = { name: "demo", domain: { id: "default" }, password: "demo" };
const requestBodies: Readonly<Record<string, unknown>> = {
  "identity/issue-token": {
    auth: { identity: { methods: ["password"], password: { user: loginUser } } },
  },
  "identity/issue-v2-token": {
    auth: { passwordCredentials: { username: "demo", password: "demo" } },
  },
  "compute/server-action": { "os-stop": null },
  "compute/create-server": {
    server: {
      name: "web",
      flavorRef: "1",
      imageRef: "70a599e0-31e7-49b7-b260-868f441e862b",
      networks: "none",
    },
  },
};

if (!hasRuntimeClient()) {
  console.log("Skipped: aws-lambda-ric is not installed (test/runtime/install.sh).");
  process.exit(0);
}

const times = Number(process.argv[2] ?? 20);
const bundles = await bundleFunctions();
const engine = await openEngine();
const testDeployment = await startDeployment(engine.endpoint);
const failures: string[] = [];
try {
  await localEnvironment(testDeployment.table);
  await replayExchanges();
  await measureColdStarts();
} finally {
  testDeployment.close();
  await engine.stop();
  bundles.remove();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

async function replayExchanges(): Promise<void> {
  const folder = join(import.meta.dirname, "../../events");
  const issueToken = (name: string) => issueLocalToken(testDeployment.tokens, name, Date.now());
  let answered = 0;
  for (const file of readdirSync(folder)) {
    const exchange = readExchange(join(folder, file));
    const route = routes.find(({ key }) => key === exchange.event.routeKey);
    for (const id of [route?.entry.id ?? "fallback", "single"]) {
      const runtime = await startRuntime(bundles.dist, id, {
        ...testDeployment.environment,
        LOGS: "all",
      });
      const handler: Handler = async (event) => (await runtime.invoke(event)).result;
      const { differences } = await replayExchange(exchange, testDeployment.table, {
        handler,
        issueToken,
      });
      failures.push(...differences.map((line) => `events/${file} by ${id}: ${line}`));
      failures.push(
        ...logErrors(runtime.written()).map((line) => `events/${file} by ${id}: ${line}`),
      );
      answered++;
      await runtime.stop();
    }
  }
  console.log(`${answered} exchanges answered under aws-lambda-ric, Node ${process.version}`);
}

function logErrors(log: string): string[] {
  try {
    const { operation, status } = JSON.parse(log);
    return operation && status ? [] : [`the log is ${log}`];
  } catch {
    return [`the log is no line of JSON: ${log}`];
  }
}

async function measureColdStarts(): Promise<void> {
  const empty = join(bundles.dist, "empty.mjs");
  writeFileSync(empty, "export const handler = async () => ({ statusCode: 200 });\n");
  const server = sampleServer("active", Date.now() - 3_600_000);
  await insertServers(testDeployment.table, [server]);
  const token = await issueLocalToken(testDeployment.tokens, "demo", Date.now());
  const ids = ["empty", ...bundles.ids];
  const timesByFunction = new Map(
    ids.map((id) => [id, { init: [] as number[], first: [] as number[] }]),
  );
  // Interleaved, so that load affects all alike.
  for (let turn = 0; turn < times; turn++)
    for (const id of ids) {
      const runtime = await startRuntime(bundles.dist, id, {
        ...testDeployment.environment,
        LOGS: "errors",
      });
      const { result, durationMs } = await runtime.invoke(sampleEvent(id, token, server.id));
      await runtime.stop();
      timesByFunction.get(id)?.init.push(runtime.init);
      timesByFunction.get(id)?.first.push(durationMs);
      const { statusCode = 500 } = result;
      if (statusCode >= 500) failures.push(`${id} answers ${statusCode}: ${result.body}`);
    }
  const rows = [...timesByFunction].map(([id, { init, first }]) => ({
    function: id,
    init: median(init),
    "first call": median(first),
    total: median(init.map((runtime, i) => runtime + (first[i] ?? 0))),
    least: roundToTenth(Math.min(...init.map((runtime, i) => runtime + (first[i] ?? 0)))),
  }));
  const [floor] = rows;
  const shown = rows.map((row) => ({
    ...row,
    "above empty": roundToTenth(row.total - (floor?.total ?? 0)),
    "least above least": roundToTenth(row.least - (floor?.least ?? 0)),
  }));
  console.log(`Cold starts in ms, median of ${times}; the least of a busy machine says more`);
  console.table(shown);
  for (const { function: id, "above empty": above } of shown) {
    const most = id === "compute/show-server" ? showTarget : target;
    if (above > most) failures.push(`${id} starts ${above} ms above an empty handler, not ${most}`);
  }
}

function median(values: readonly number[]): number {
  return roundToTenth(
    values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN,
  );
}

function roundToTenth(value: number): number {
  return Number(value.toFixed(1));
}

function sampleEvent(id: string, token: string, server: string): Event {
  const fixedKeys = {
    fallback: "GET /servers/{server_id}/",
    single: "GET /v2.1/servers/{server_id}",
  };
  const fixedKey = fixedKeys[id as keyof typeof fixedKeys];
  const key = fixedKey ?? routes.find(({ entry }) => entry.id === id)?.key ?? "GET /";
  const [method = "", path = ""] = key.replace(/^ANY/, "GET").split(" ");
  const filled = (name: string) => (name === "server_id" ? server : "nothing");
  const rawPath = path.replace(/\{(\w+)\+?\}/g, (_, name: string) => filled(name));
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
  const routeKey = id === "fallback" ? "$default" : key;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: "",
    headers: {
      host: "api.example",
      "content-type": "application/json",
      "x-auth-token": token,
      "x-subject-token": token,
    },
    pathParameters: Object.fromEntries(names.map((name) => [name, filled(name)])),
    ...(method !== "GET" && { body: JSON.stringify(requestBodies[id] ?? {}) }),
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: "a1b2c3d4e5",
      domainName: "api.example",
      domainPrefix: "api",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" },
      requestId: "2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10",
      routeKey,
      stage: "$default",
      time: "25/Jul/2014:02:10:00 +0000",
      timeEpoch: Date.now(),
    },
  };
}
