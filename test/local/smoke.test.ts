import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clientVariables } from "../../infra/local/exports.ts";
import { root, startCloudProcess } from "../support/start-process.ts";

/** `npm run smoke -- ENDPOINT`, as its lines come. */
function spawnSmoke(origin: string, onLine: (line: string) => void = () => {}) {
  const child = spawn(process.execPath, [join(root, "infra/checks/smoke.ts"), origin], {
    env: { ...process.env, ...clientVariables(origin) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
    onLine(said);
  });
  return { child, ended: once(child, "exit").then(([code]) => ({ code, said })) };
}

test("npm run smoke finds a fresh npm start good, and says so by its exit too", async () => {
  const { origin, unserved } = await startCloudProcess();

  const { code, said } = await spawnSmoke(origin).ended;

  expect(said).not.toContain("✗");
  expect(said).toMatch(/\n26 good, 0 bad, 1 not tried, in /);
  expect(code).toBe(0);
  expect(unserved()).toEqual([]);
});

test("npm run smoke, interrupted, takes away what it made and fails", async () => {
  const { origin } = await startCloudProcess();
  const { child, ended } = spawnSmoke(origin, (said) => {
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
