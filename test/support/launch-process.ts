import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { findFreePort } from "../../infra/local/engine.ts";

export const root = join(import.meta.dirname, "../..");

/** Runs `npm start` until it is ready or ends; the caller stops it. */
export async function launchCloudProcess(
  args: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const port = await findFreePort();
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, "infra/local/run.js"), join(root, "infra/local/start.ts"), ...args],
    { env: { ...process.env, PORT: String(port), ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const ready = new Promise<void>((done) => {
    child.on("exit", () => done());
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      if (/^curl .*$/m.test(output)) done();
    });
  });
  return {
    child,
    ready,
    origin: `http://127.0.0.1:${port}`,
    output: () => output,
    unserved: () => [...output.matchAll(/^No route: (.*)$/gm)].map(([, request]) => request),
  };
}
