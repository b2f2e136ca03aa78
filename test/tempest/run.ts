/**
 * `npm run test:tempest`: OpenStack's compute tests. `-- --short` runs short.txt, `-- REGEX` the
 * matches, `-- --workers N` in parallel.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { launchCloudProcess } from "../support/launch-process.ts";
import { formatConfiguration, tempestSections } from "./configuration.ts";
import { judge, parseExclusions } from "./exclusions.ts";
import { prepareCloud } from "./prepare-cloud.ts";
import { formatTempestReport } from "./report.ts";
import { parseResults, parseTestIds, resultPerTest } from "./results.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: "boolean", default: false },
    workers: { type: "string", default: "8" },
    keep: { type: "boolean", default: false },
  },
});

try {
  execFileSync("tempest", ["--version"], { stdio: "ignore" });
} catch {
  console.log("Skipped: tempest is not installed (test/tempest/install.sh).");
  process.exit(0);
}

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "tempest-"));
mkdirSync(join(folder, "locks"));
const startedAtMs = performance.now();
const server = await launchCloudProcess();
try {
  await server.ready;
  const config = join(folder, "tempest.conf");
  writeFileSync(
    config,
    formatConfiguration(tempestSections(await prepareCloud(server.origin), folder)),
  );
  const chosen = values.short
    ? ["--include-list", join(here, "short.txt")]
    : ["--regex", positionals[0] ?? "^tempest\\.api\\.compute"];
  const args = ["run", "--config-file", config, ...chosen];
  execFileSync("stestr", ["init"], { cwd: folder });
  const tests = parseTestIds(await runTempest([...args, "--list-tests"]));
  const output = await runTempest([...args, "--concurrency", values.workers]);
  const exclusions = parseExclusions(readFileSync(join(here, "excluded.txt"), "utf8"));
  const judgement = judge(resultPerTest(tests, parseResults(output)), exclusions);
  if (values.keep) writeFileSync(join(folder, "output.txt"), output);
  console.log(formatTempestReport(judgement, (performance.now() - startedAtMs) / 1_000));
  const unserved = server.unserved().length;
  if (unserved > 0) console.log(`${unserved} of its requests were for no route`);
  const good =
    judgement.failed.length + judgement.unusedExclusions.length === 0 && tests.length > 0;
  process.exitCode = good ? 0 : 1;
} finally {
  server.child.kill("SIGTERM");
  if (values.keep) console.log(`Kept: ${folder}`);
  else rmSync(folder, { recursive: true });
}

/** Returns tempest's output; exit code 1 means failed tests, which are judged here. */
async function runTempest(args: readonly string[]): Promise<string> {
  const child = spawn("tempest", args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  return await text(child.stdout);
}
