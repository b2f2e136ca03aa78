import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Engine, openEngine } from "../../infra/local/engine.ts";
import { createPathRouter } from "../../lambdas/http/router.ts";
import { startCloud } from "../support/cloud.ts";
import { functionEntries, servedRoutes } from "../support/register.ts";
import { stageTemplate } from "../support/template.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
}, 60_000);
afterAll(() => engine.stop());

function readDeployedRoutes() {
  const folder = mkdtempSync(join(tmpdir(), "novaless-"));
  // The bundles' content does not matter here.
  const { paths } = stageTemplate("dev", { dist: import.meta.dirname, folder }).body;
  rmSync(folder, { recursive: true });
  return Object.entries(paths).flatMap(([path, { parameters: _, ...methods }]) =>
    Object.entries(methods).map(([method, to]) => ({
      key: path === "/$default" ? "$default" : `${toHttpMethod(method)} ${path}`,
      name: /[^/]+$/.exec(JSON.stringify(to).match(/"\$ref":"([^"]+)"/)?.[1] ?? "")?.[0],
    })),
  );
}

const toHttpMethod = (method: string) =>
  method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase();

test("every route of the register is answered locally by its deployed function", async () => {
  const routes = readDeployedRoutes();
  const { match } = createPathRouter(routes.filter(({ key }) => key !== "$default"));
  const otherwise = routes.find(({ key }) => key === "$default");
  const owners = new Map(
    functionEntries.flatMap(({ id, operations }) =>
      [id, ...operations.map((one) => one.id)].map((one) => [one, id] as const),
    ),
  );
  let answered = "";
  const { call } = await startCloud(
    {
      onResponse({ operation }) {
        answered = operation;
      },
    },
    { endpoint: engine.endpoint },
  );
  const requested = new Set<string | undefined>();
  const strays: string[] = [];

  for (const { key } of servedRoutes) {
    const [method = "", route = ""] = key.split(" ");
    const path = route.replace(/\{\w+\}/g, "nothing");
    answered = "";
    // Without credentials: routing comes before authentication.
    await call(method, path, { as: null });
    const found = match(method, path)?.route ?? otherwise;
    requested.add(found?.key);
    const here = owners.get(answered)?.replaceAll("/", "-");
    if (here !== found?.name) strays.push(`${key}: ${answered} here, ${found?.name} there`);
  }

  expect(strays).toEqual([]);
  expect(routes.map(({ key }) => key).filter((key) => !requested.has(key))).toEqual(["$default"]);
}, 60_000);

test("an unrouted path goes to the fallback, locally and deployed", async () => {
  const differences: string[] = [];
  const { call } = await startCloud(
    { onResponse: ({ operation }) => void differences.push(operation) },
    { endpoint: engine.endpoint },
  );

  await call("GET", "/nothing", { as: null });
  await call("GET", "/servers/", { as: null });
  await call("PATCH", "/servers", { as: null });

  expect(differences).toEqual(["fallback", "compute/list-servers", "unrouted"]);
  expect(readDeployedRoutes().find(({ key }) => key === "$default")?.name).toBe("fallback");
});
