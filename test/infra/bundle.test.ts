import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundledModuleIds, deployedFunctions } from "../../infra/aws/function-permissions.ts";
import { moduleOf } from "../../infra/register/function-module.ts";
import { functions as registered } from "../../lambdas/functions.ts";
import { register } from "../../lambdas/register.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove());

/** Imports a module that may read only its bundle. Its exit shows that nothing stays open. */
const childProgram = `
  const read = new Set();
  process.env = new Proxy(process.env, { get: (env, name) => (read.add(name), env[name]) });
  const { handler } = await import(process.argv[1]);
  console.log(JSON.stringify({
    handler: typeof handler,
    undici: process.moduleLoadList.some((name) => name.includes("undici")),
    open: process.getActiveResourcesInfo().filter((name) => name !== "PipeWrap"),
    settings: ["TABLE", "TOKEN_KEYS", "SIGNING_KEY", "ADMINISTRATOR_PASSWORD", "CONSOLES", "NOVNCPROXY_BASE_URL", "AWS_REGION"].filter((name) => read.has(name)),
  }));`;

function importInChild(module: string): unknown {
  const flags = ["--permission", `--allow-fs-read=${join(bundles.dist, "*")}`];
  const args = [...flags, "--input-type=module", "--eval", childProgram, module];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 }));
}

test.each(bundledModuleIds)("importing %s does nothing, and loads no undici", (id) => {
  expect(importInChild(bundles.fileOf(id))).toEqual({
    handler: "function",
    undici: false,
    open: [],
    settings: [],
  });
});

test("the probe detects undici", () => {
  const module = "data:text/javascript,import 'node:http'; export const handler = null;";

  expect(importInChild(module)).toMatchObject({ undici: true });
});

test("the bundles contain no require that ESM lacks", () => {
  const files = readdirSync(bundles.dist, { recursive: true, encoding: "utf8" });
  const stumbling = files
    .filter((file) => file.endsWith(".mjs"))
    .filter((file) => readFileSync(join(bundles.dist, file), "utf8").includes("Dynamic require"));

  expect(files.length).toBeGreaterThan(deployedFunctions.length);
  expect(stumbling).toEqual([]);
});

test("every entry of the register and the fallback have a bundle", () => {
  const made = Object.values(bundles.outputs).map(({ entryPoint }) => entryPoint);

  for (const id of [...registered.map((entry) => entry.id), "fallback", "single"])
    expect(made).toContain(moduleOf(id));
});

test("show-server is less than 400 KB in all, without code of other operations", () => {
  const { bytes, sources } = bundles.closureOf("compute/show-server", { lazy: true });
  const operations = register.map(({ file }) => `lambdas/${file}.ts`);

  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(400 * 1024);
  expect(operations.filter((file) => sources.has(file))).toEqual([
    "lambdas/compute/servers/show-server.ts",
  ]);
});

test("the single function loads no operation at the start, and can load all", () => {
  const { bytes, sources } = bundles.closureOf("single", { lazy: false });
  const all = bundles.closureOf("single", { lazy: true }).sources;

  expect(bytes).toBeLessThan(20 * 1024);
  expect([...sources]).toEqual(["lambdas/single.ts", moduleOf("single")]);
  for (const { file } of register) expect(all).toContain(`lambdas/${file}.ts`);
});

test("each action is a chunk that is loaded on demand", () => {
  const folder = "lambdas/compute/servers/actions/";
  const chunks = Object.values(bundles.outputs)
    .map(({ entryPoint = "" }) => entryPoint)
    .filter((entryPoint) => entryPoint.startsWith(folder));
  const within = ({ sources }: { readonly sources: ReadonlySet<string> }) =>
    [...sources].filter((file) => file.startsWith(folder)).length;
  const actions = register.filter((one) => one.function === "compute/server-action").length;

  expect(chunks).toHaveLength(actions);
  expect(within(bundles.closureOf("compute/server-action", { lazy: false }))).toBe(0);
  expect(within(bundles.closureOf("compute/server-action", { lazy: true }))).toBe(actions);
});

test("the Secrets Manager client is loaded at the first signature", () => {
  const client = (id: string, lazy: boolean) =>
    [...bundles.closureOf(id, { lazy }).sources].some((file) =>
      file.includes("client-secrets-manager"),
    );

  expect(deployedFunctions.map(({ id }) => id).filter((id) => client(id, false))).toEqual([]);
  expect(client("identity/issue-token", true)).toBe(true);
});
