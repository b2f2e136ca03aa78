import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { diff } from "../../infra/local/match-template.ts";
import { readExchange } from "../../infra/local/recorded-exchange.ts";

const root = join(import.meta.dirname, "../..");

function runInvoke(...files: string[]) {
  const { DYNAMODB_ENDPOINT: _, ...env } = process.env;
  const script = join(root, "infra/local/invoke.ts");
  return spawnSync(process.execPath, [script, ...files], { cwd: root, env, encoding: "utf8" });
}

test("invoke prints the requirement and the response, and reports a match", () => {
  const { status, stdout } = runInvoke("events/start-server.json");

  expect(stdout).toMatch(/^S5-03 \(.+\)\n\n202\ncontent-type: text\/html; charset=UTF-8\n/);
  expect(stdout).toMatch(/\nAs expected\.\n$/);
  expect(status).toBe(0);
});

test("invoke prints the differences, and fails", () => {
  const folder = mkdtempSync(join(tmpdir(), "novaless-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const exchange = readExchange(join(root, "events/start-server.json"));
  const file = join(folder, "wrong.json");
  writeFileSync(file, JSON.stringify({ ...exchange, expect: { statusCode: 200, body: {} } }));

  const { status, stdout } = runInvoke(file);

  expect(stdout).toContain("Not as expected:\n  statusCode: expected 200, not 202\n");
  expect(stdout).toContain("  body: expected {}, not nothing\n");
  expect(status).toBe(1);
});

test("invoke lists the exchanges for an unknown or missing name", () => {
  const missing = runInvoke("events/nowhere.json");
  expect(missing.stderr).toMatch(/^There is no file events\/nowhere\.json\. /);
  expect(missing.stderr).toContain("\n  events/start-server.json\n");
  expect([missing.status, missing.stdout]).toEqual([1, ""]);

  expect(runInvoke().stderr).toMatch(/^Which exchange\? /);
});

test("invoke names an invalid exchange file", () => {
  const { status, stderr } = runInvoke("package.json");

  expect(stderr).toBe('package.json: Invalid exchange file: missing member "requirement".\n');
  expect(status).toBe(1);
});

test("matching covers every member, and text except its placeholders", () => {
  const id = "2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10";

  expect(diff({ a: [1, { b: "x {{uuid}}." }] }, { a: [1, { b: `x ${id}.` }] })).toEqual([]);
  expect(diff("a.c", "abc")).toEqual(['all: expected "a.c", not "abc"']);
  expect(diff({ a: 1 }, { a: 1, b: null })).toEqual(["b: expected nothing, not null"]);
  expect(diff({ a: {}, c: [] }, { a: null, c: {} })).toEqual([
    "a: expected {}, not null",
    "c: expected [], not {}",
  ]);
  expect(diff("{{uuid}}", `${id}0`)).toHaveLength(1);
  expect(diff(1, "1")).toHaveLength(1);
});
