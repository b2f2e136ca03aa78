import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startCloud, startTime } from "../support/cloud.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const sessions = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"]);
    return true;
  } catch {
    console.warn("curl is not installed: the sessions of the README are not run.");
    return false;
  }
}

test.runIf(hasCurl()).each(sessions)("README: %s", async (session) => {
  // A person needs a second or more for each command.
  let requests = 0;
  const { at } = await startCloud({ now: () => startTime + 1_000 * requests++ });
  // further lines of a command are indented
  const steps = [...session.matchAll(/^\$ (.+(?:\n {4}.+)*)\n((?:[^$].*\n)*)/gm)];
  const script = steps.map(([, command], i) => `${command}\necho "=== ${i}"`).join("\n");
  const { stdout } = await promisify(execFile)("bash", ["-c", script], {
    env: { ...process.env, COMPUTE: at },
  });
  const printed = stdout.split(/=== \d+\n/).slice(0, -1);
  const ended = printed.map((text) => (text === "" || text.endsWith("\n") ? text : `${text}\n`));
  expect(ended).toEqual(steps.map(([, , output]) => output));
});
