import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clientVariables } from "../../infra/local/client-exports.ts";
import { root, startCloudProcess } from "../support/start-process.ts";

function spawnSmoke(origin: string, onLine: (line: string) => void = () => {}) {
  const child = spawn(process.execPath, [join(root, "infra/checks/smoke.ts"), origin], {
    env: { ...process.env, ...clientVariables(origin) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    onLine(output);
  });
  return { child, ended: once(child, "exit").then(([code]) => ({ code, output })) };
}

test("npm run smoke passes on a fresh npm start, and exits with 0", async () => {
  const { origin, unserved } = await startCloudProcess();

  const { code, output } = await spawnSmoke(origin).ended;

  expect(output).not.toContain("✗");
  expect(output).toMatch(/\n26 good, 0 bad, 1 not tried, in /);
  expect(code).toBe(0);
  expect(unserved()).toEqual([]);
});

test("npm run smoke, interrupted, deletes what it created and fails", async () => {
  const { origin } = await startCloudProcess();
  const { child, ended } = spawnSmoke(origin, (output) => {
    // npm forwards the signal that the terminal already sent.
    if (output.includes("✓ two servers are created") && !output.includes("Interrupted"))
      for (let signals = 0; signals < 2; signals++) child.kill("SIGINT");
  });

  const { code, output } = await ended;

  expect(output).toContain("Interrupted: what was made is taken away.");
  expect(code).toBe(1);
  const basic = { authorization: `Basic ${btoa("demo:demo")}` };
  await expect
    .poll(async () => (await fetch(`${origin}/servers`, { headers: basic })).json(), {
      timeout: 5_000,
    })
    .toEqual({ servers: [] });
});
