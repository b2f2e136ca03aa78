import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type CheckAccount, chooseAccount, chooseOtherAccount } from "./account.ts";
import { type CheckSummary, runChecks } from "./checklist.ts";
import { abortOnInterrupt } from "./interrupt.ts";
import { accessChecks, actionChecks, creationChecks } from "./life.ts";
import { parseNumericOption } from "./limits.ts";
import { consoleChecks, flexCloudChecks, isolationChecks } from "./neighbours.ts";
import { deleteTestServers } from "./provision.ts";
import { createCheckSession } from "./session.ts";

const smokeUsage = "npm run smoke -- ENDPOINT [--seconds N]";

interface SmokeOptions {
  readonly endpoint: URL;
  readonly account: CheckAccount;
  readonly otherAccount: CheckAccount | null;
  /** Ends it early: what it made is taken away all the same. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** The whole life of a server at an endpoint, wherever it is; nothing of it is left behind. */
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
    const [asked = process.env["OS_AUTH_URL"]] = positionals;
    if (!asked) throw new Error(`Which endpoint? ${smokeUsage}`);
    const endpoint = new URL(asked);
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
