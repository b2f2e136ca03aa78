import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportsFor } from "../../infra/local/exports.ts";
import { root, started } from "../support/started.ts";

/** `npm run smoke -- ENDPOINT`, as its lines come. */
function smoke(origin: string, heard: (line: string) => void = () => {}) {
  const child = spawn(process.execPath, [join(root, "infra/checks/smoke.ts"), origin], {
    env: { ...process.env, ...exportsFor(origin) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
    heard(said);
  });
  return { child, ended: once(child, "exit").then(([code]) => ({ code, said })) };
}

test("npm run smoke finds a fresh npm start good, and says so by its exit too", async () => {
  const { origin, unserved } = await started();

  const { code, said } = await smoke(origin).ended;

  expect(said).not.toContain("✗");
  expect(said).toMatch(/\n26 good, 0 bad, 1 not tried, in /);
  expect(code).toBe(0);
  expect(unserved()).toEqual([]);
});

test("npm run smoke, interrupted, takes away what it made and fails", async () => {
  const { origin } = await started();
  const { child, ended } = smoke(origin, (said) => {
    // as npm does, which passes on what the terminal has said already
    if (said.includes("✓ two servers are created") && !said.includes("Interrupted"))
      for (let told = 0; told < 2; told++) child.kill("SIGINT");
  });

  const { code, said } = await ended;

  expect(said).toContain("Interrupted: what was made is taken away.");
  expect(code).toBe(1);
  const basic = { authorization: `Basic ${btoa("demo:demo")}` };
  await expect
    .poll(async () => (await fetch(`${origin}/servers`, { headers: basic })).json(), {
      timeout: 5_000,
    })
    .toEqual({ servers: [] });
});
