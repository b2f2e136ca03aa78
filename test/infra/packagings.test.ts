import { cpSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Engine, openEngine } from "../../infra/local/engine.ts";
import type { HandlerFor } from "../../infra/local/local-handlers.ts";
import { readExchange, replayExchange } from "../../infra/local/recorded-exchange.ts";
import { issueLocalToken } from "../../infra/local/token.ts";
import { routes } from "../../lambdas/functions.ts";
import type { Handler } from "../../lambdas/http/handler.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { startCloud, startTime } from "../support/cloud.ts";
import { type Deployment, startDeployment } from "../support/deployment.ts";
import { runAllScenarios } from "../support/scenarios/all-scenarios.ts";

let bundles: FunctionBundles;
let engine: Engine;
beforeAll(async () => {
  [bundles, engine] = await Promise.all([bundleFunctions(), openEngine()]);
}, 60_000);
afterAll(async () => {
  bundles.remove();
  await engine.stop();
});

const require = createRequire(import.meta.url);

const handlerFiles: Readonly<Record<string, (id: string) => string>> = {
  "one function for each operation": (id) => id,
  "one function for all": () => "single",
};

let copyCount = 0;

/** The stack's bundles, loaded anew with the stack's environment. */
async function deployLocally(fileFor: (id: string) => string) {
  const dist = join(bundles.folder, `dist-${copyCount++}`);
  cpSync(bundles.dist, dist, { recursive: true });
  const around: Deployment = await startDeployment(engine.endpoint);
  const before = { ...process.env };
  const platform = { LAMBDA_TASK_ROOT: dist, LOGS: "errors" };
  Object.assign(process.env, around.environment, platform);
  vi.useFakeTimers({ toFake: ["Date"], now: startTime });
  onTestFinished(() => {
    vi.useRealTimers();
    process.env = before;
    around.close();
  });
  const functions: HandlerFor = (entry) => (event, context) => {
    // Loaded by Node itself, as in Lambda, not by the test runner.
    const module = require(join(dist, `${fileFor(entry?.id ?? "fallback")}.mjs`));
    return (module.handler as Handler)(event, context);
  };
  return { ...around, functions };
}

const folder = join(import.meta.dirname, "../../events");

describe.each(Object.entries(handlerFiles))("with %s", (_, fileFor) => {
  test("the bundles answer the exchanges of the documents", async () => {
    const { table, tokens, functions } = await deployLocally(fileFor);
    const issueToken = (name: string) => issueLocalToken(tokens, name, Date.now());
    const handler: Handler = (event, context) => {
      const route = routes.find(({ key }) => key === event.routeKey);
      return functions(route?.entry ?? null)(event, context);
    };

    for (const file of readdirSync(folder)) {
      const exchange = readExchange(join(folder, file));
      vi.setSystemTime(exchange.event.requestContext.timeEpoch);
      const { differences } = await replayExchange(exchange, table, { handler, issueToken });
      expect([file, ...differences]).toEqual([file]);
    }
  });
});

test("one function for all gives the same responses as one for each", async () => {
  const apart = await collectResponses((id) => id);
  const single = await collectResponses(() => "single");

  expect(apart.length).toBeGreaterThan(400);
  expect(single).toEqual(apart);
}, 120_000);

async function collectResponses(fileFor: (id: string) => string): Promise<string[]> {
  const { tokens, functions } = await deployLocally(fileFor);
  const { table, call, token, now, pass } = await startCloud(
    { tokens },
    {
      endpoint: engine.endpoint,
      handlersFor(name) {
        process.env["TABLE"] = name;
        return functions;
      },
    },
  );
  const summary: string[] = [];
  await runAllScenarios({
    table,
    token,
    async ask(method, path, options) {
      const reply = await call(method, path, options);
      const type = reply.headers.get("content-type") ?? "";
      const shape = /json/.test(type) && reply.text !== "" ? shapeOf(reply.json) : type;
      summary.push(`${method} ${withoutIds(path)} ${reply.status} ${JSON.stringify(shape)}`);
      return reply;
    },
    pass(milliseconds) {
      pass(milliseconds);
      vi.setSystemTime(now());
    },
  });
  return summary;
}

const withoutIds = (path: string): string =>
  path.replace(/(req-)?[0-9a-f][0-9a-f-]{31,35}/g, "{id}").replace(/\d{16}/g, "{number}");

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value))
    return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort();
  if (value === null || typeof value !== "object") return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, shapeOf(one)])
      .sort(),
  );
}
