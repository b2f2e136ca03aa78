import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { type Account, accountFor, otherFor } from "./account.ts";
import { goThrough, type Outcome } from "./checklist.ts";
import { interruption } from "./interrupt.ts";
import { beginning, course, wayIn } from "./life.ts";
import { limited } from "./limits.ts";
import { consoles, flexCloud, foreigners } from "./neighbours.ts";
import { cleanedUp } from "./provision.ts";
import { sessionAt } from "./session.ts";

const usage = "npm run smoke -- ENDPOINT [--seconds N]";

interface Smoke {
  readonly endpoint: URL;
  readonly account: Account;
  readonly other: Account | null;
  /** Ends it early: what it made is taken away all the same. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** The whole life of a server at an endpoint, wherever it is; nothing of it is left behind. */
export async function smoke(asked: Smoke): Promise<boolean> {
  const { endpoint, account, other, signal, say } = asked;
  const name = `smoke-${randomUUID().slice(0, 8)}`;
  const began = performance.now();
  say(`${endpoint.origin}, as ${account.name} of ${account.project}\n`);
  const session = sessionAt(endpoint, account, signal);
  const checks = [
    ...wayIn(session, endpoint),
    ...beginning(session, name),
    ...foreigners(session, other),
    ...consoles(session),
    ...flexCloud(session, endpoint, name),
    ...course(session, name),
  ];
  const outcome = await goThrough(checks, { say, signal });
  const left = session.has("token") ? await cleanedUp(endpoint, account, name) : [];
  for (const one of left) say(`  ✗ left behind: ${one}`);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  say(`\n${toldOf(outcome)}, in ${seconds} s`);
  return outcome.bad === 0 && outcome.unreached === 0 && left.length === 0;
}

const toldOf = ({ good, bad, unreached, skipped }: Outcome): string =>
  [
    `${good} good`,
    `${bad} bad`,
    ...(unreached > 0 ? [`${unreached} not reached`] : []),
    ...(skipped > 0 ? [`${skipped} not tried`] : []),
  ].join(", ");

if (import.meta.main) {
  const interrupted = interruption();
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: "string", default: "180" } },
    });
    const [asked = process.env["OS_AUTH_URL"]] = positionals;
    if (!asked) throw new Error(`Which endpoint? ${usage}`);
    const endpoint = new URL(asked);
    const seconds = limited("seconds", values.seconds, 3_600);
    const good = await smoke({
      endpoint,
      account: accountFor(endpoint, process.env),
      other: otherFor(endpoint, process.env),
      signal: AbortSignal.any([interrupted, AbortSignal.timeout(seconds * 1_000)]),
      say: (line) => console.log(line),
    });
    process.exitCode = good ? 0 : 1;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
