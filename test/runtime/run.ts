/**
 * The bundles that would be uploaded, under AWS's own runtime client for Node: `npm run test:runtime`.
 * Each function answers its exchanges (events/), and starts cold N times, 20 where it is not said:
 * `npm run test:runtime -- 5`. Times of one run compare with each other, and with nothing else.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localWorld } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { exchanged, readExchange } from "../../infra/local/exchange.ts";
import { restingServer } from "../../infra/local/resting.ts";
import { localToken } from "../../infra/local/token.ts";
import { addServers } from "../../lambdas/compute/database/create-servers.ts";
import { routes } from "../../lambdas/functions.ts";
import type { Event, Handler } from "../../lambdas/http/handler.ts";
import { bundled } from "../support/bundles.ts";
import { deployment } from "../support/deployment.ts";
import { hasClient, started } from "./runtime.ts";

/** Milliseconds above an empty handler: of a show, and of whatever else. */
const [showTarget, target] = [65, 130];

/** What functions are sent that would refuse nothing at all before they do anything. */
const user = { name: "demo", domain: { id: "default" }, password: "demo" };
const bodies: Readonly<Record<string, unknown>> = {
  "identity/issue-token": {
    auth: { identity: { methods: ["password"], password: { user } } },
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

if (!hasClient()) {
  console.log("Skipped: aws-lambda-ric is not installed (test/runtime/install.sh).");
  process.exit(0);
}

const times = Number(process.argv[2] ?? 20);
const bundles = await bundled();
const engine = await openEngine();
const around = await deployment(engine.endpoint);
const failures: string[] = [];
try {
  await localWorld(around.table);
  await exchanges();
  await coldStarts();
} finally {
  around.close();
  await engine.stop();
  bundles.remove();
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

/** All that events/ has, each by the function it is for, and by the one that is for all. */
async function exchanges(): Promise<void> {
  const folder = join(import.meta.dirname, "../../events");
  const token = (name: string) => localToken(around.tokens, name, Date.now());
  let answered = 0;
  for (const file of readdirSync(folder)) {
    const exchange = readExchange(join(folder, file));
    const route = routes.find(({ key }) => key === exchange.event.routeKey);
    for (const id of [route?.entry.id ?? "fallback", "single"]) {
      const one = await started(bundles.dist, id, { ...around.environment, LOGS: "all" });
      const handler: Handler = async (event) => (await one.invoke(event)).result;
      const { differences } = await exchanged(exchange, around.table, { handler, token });
      failures.push(...differences.map((line) => `events/${file} by ${id}: ${line}`));
      failures.push(...complaints(one.written()).map((line) => `events/${file} by ${id}: ${line}`));
      answered++;
      await one.stop();
    }
  }
  console.log(`${answered} exchanges answered under aws-lambda-ric, Node ${process.version}`);
}

/** A request has one line in the log, which is JSON as it stands. */
function complaints(log: string): string[] {
  try {
    const { operation, status } = JSON.parse(log);
    return operation && status ? [] : [`the log is ${log}`];
  } catch {
    return [`the log is no line of JSON: ${log}`];
  }
}

async function coldStarts(): Promise<void> {
  const empty = join(bundles.dist, "empty.mjs");
  writeFileSync(empty, "export const handler = async () => ({ statusCode: 200 });\n");
  const server = restingServer("active", Date.now() - 3_600_000);
  await addServers(around.table, [server]);
  const token = await localToken(around.tokens, "demo", Date.now());
  const ids = ["empty", ...bundles.ids];
  const spent = new Map(ids.map((id) => [id, { init: [] as number[], first: [] as number[] }]));
  // in turn, so that a busy moment of this machine falls on all alike
  for (let turn = 0; turn < times; turn++)
    for (const id of ids) {
      const one = await started(bundles.dist, id, { ...around.environment, LOGS: "errors" });
      const { result, milliseconds } = await one.invoke(eventFor(id, token, server.id));
      await one.stop();
      spent.get(id)?.init.push(one.init);
      spent.get(id)?.first.push(milliseconds);
      const { statusCode = 500 } = result;
      if (statusCode >= 500) failures.push(`${id} answers ${statusCode}: ${result.body}`);
    }
  const rows = [...spent].map(([id, { init, first }]) => ({
    function: id,
    init: middle(init),
    "first call": middle(first),
    total: middle(init.map((one, i) => one + (first[i] ?? 0))),
    least: rounded(Math.min(...init.map((one, i) => one + (first[i] ?? 0)))),
  }));
  const [floor] = rows;
  const shown = rows.map((row) => ({
    ...row,
    "above empty": rounded(row.total - (floor?.total ?? 0)),
    "least above least": rounded(row.least - (floor?.least ?? 0)),
  }));
  console.log(`Cold starts in ms, median of ${times}; the least of a busy machine says more`);
  console.table(shown);
  for (const { function: id, "above empty": above } of shown) {
    const most = id === "compute/show-server" ? showTarget : target;
    if (above > most) failures.push(`${id} starts ${above} ms above an empty handler, not ${most}`);
  }
}

function middle(values: readonly number[]): number {
  return rounded(values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN);
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}

/** Something the function can answer, about a server that is there where it is about one. */
function eventFor(id: string, token: string, server: string): Event {
  const asked = { fallback: "GET /servers/{server_id}/", single: "GET /v2.1/servers/{server_id}" };
  const named = asked[id as keyof typeof asked];
  const key = named ?? routes.find(({ entry }) => entry.id === id)?.key ?? "GET /";
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
    ...(method !== "GET" && { body: JSON.stringify(bodies[id] ?? {}) }),
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
