import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type CheckAccount, chooseAccount, chooseOtherAccount } from "./account.ts";
import { createCheckSession } from "./check-session.ts";
import { type CheckSummary, runChecks } from "./checklist.ts";
import { abortOnInterrupt } from "./interrupt.ts";
import { accessChecks, actionChecks, creationChecks } from "./lifecycle-checks.ts";
import { parseNumericOption } from "./numeric-option.ts";
import { consoleChecks, flexCloudChecks, isolationChecks } from "./other-service-checks.ts";
import { deleteTestServers } from "./server-resources.ts";

const smokeUsage = "npm run smoke -- ENDPOINT [--seconds N]";

interface SmokeOptions {
  readonly endpoint: URL;
  readonly account: CheckAccount;
  readonly otherAccount: CheckAccount | null;
  /** Ends the run early; created resources are still deleted. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Runs a server's whole life against an endpoint and leaves nothing behind. */
export async function runSmokeTest(options: SmokeOptions): Promise<boolean> {
  const { endpoint, account, otherAccount, signal, print } = options;
  const name = `smoke-${randomUUID().slice(0, 8)}`;
  const began = performance.now();
  print(`${endpoint.origin}, as ${account.name} of ${account.project}\n`);
  const session = createCheckSession(endpoint, account, signal);
  const checks = [
    ...accessChecks(session, endpoint),
    ...creationChecks(session, name),
    ...isolationChecks(session, otherAccount),
    ...consoleChecks(session),
    ...flexCloudChecks(session, endpoint, name),
    ...actionChecks(session, name),
  ];
  const outcome = await runChecks(checks, { say: print, signal });
  const left = session.hasValue("token") ? await deleteTestServers(endpoint, account, name) : [];
  for (const one of left) print(`  ✗ left behind: ${one}`);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  print(`\n${formatSummary(outcome)}, in ${seconds} s`);
  return outcome.bad === 0 && outcome.unreached === 0 && left.length === 0;
}

const formatSummary = ({ good, bad, unreached, skipped }: CheckSummary): string =>
  [
    `${good} good`,
    `${bad} bad`,
    ...(unreached > 0 ? [`${unreached} not reached`] : []),
    ...(skipped > 0 ? [`${skipped} not tried`] : []),
  ].join(", ");

if (import.meta.main) {
  const interrupted = abortOnInterrupt();
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: "string", default: "180" } },
    });
    const [endpointText = process.env["OS_AUTH_URL"]] = positionals;
    if (!endpointText) throw new Error(`Missing endpoint. ${smokeUsage}`);
    const endpoint = new URL(endpointText);
    const seconds = parseNumericOption("seconds", values.seconds, 3_600);
    const good = await runSmokeTest({
      endpoint,
      account: chooseAccount(endpoint, process.env),
      otherAccount: chooseOtherAccount(endpoint, process.env),
      signal: AbortSignal.any([interrupted, AbortSignal.timeout(seconds * 1_000)]),
      print: (line) => console.log(line),
    });
    process.exitCode = good ? 0 : 1;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
