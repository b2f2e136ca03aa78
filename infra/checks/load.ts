import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { idleUse } from "../costs/monthly-bill.ts";
import { costOfMix } from "../costs/request-cost.ts";
import { type CheckAccount, chooseAccount, isLoopback } from "./account.ts";
import { createCheckSession, logIn } from "./check-session.ts";
import { abortOnInterrupt } from "./interrupt.ts";
import { generateLoad, type LoadResult, type LoadSettings, type Sample } from "./load-generator.ts";
import { parseNumericOption } from "./numeric-option.ts";
import { percentile } from "./percentiles.ts";
import {
  chooseFlavor,
  chooseImage,
  createTestServer,
  deleteTestServers,
} from "./server-resources.ts";
import { toTrafficServers, trafficMix, trafficSender } from "./traffic.ts";

const loadUsage =
  "npm run load -- ENDPOINT [--rps N] [--seconds N] [--connections N] [--yes where it costs money]";

/** Servers: fits the default quota of a project beside others. */
const serverCount = 6;

interface LoadOptions extends LoadSettings {
  readonly endpoint: URL;
  readonly account: CheckAccount;
  print(line: string): void;
}

/** Dollars, at most. */
export const maxPriceDollars = ({ rps, seconds }: Pick<LoadOptions, "rps" | "seconds">): number =>
  rps * seconds * costOfMix(trafficMix, idleUse.memory);

/** Sends load to an endpoint, on servers that it creates and deletes. */
export async function runLoadTest(options: LoadOptions): Promise<boolean> {
  const { endpoint, account, signal, print, rps, seconds, connections } = options;
  const name = `load-${randomUUID().slice(0, 8)}`;
  const session = createCheckSession(endpoint, account, signal);
  await logIn(session);
  let result: LoadResult;
  try {
    await chooseImage(session);
    await chooseFlavor(session);
    const ids: string[] = [];
    for (let number = 0; number < serverCount; number++)
      ids.push(String(await createTestServer(session, `${name}-${number}`)));
    print(`${rps} requests a second for ${seconds} s over ${connections} connections\n`);
    result = await generateLoad(options, trafficSender(session, toTrafficServers(ids)));
  } finally {
    for (const one of await deleteTestServers(endpoint, account, name))
      print(`Left behind: ${one}`);
  }
  for (const line of formatLoadReport(result, seconds)) print(line);
  return result.unsentCount === 0 && result.samples.every(isSuccess);
}

const isSuccess = ({ status }: Sample): boolean => status !== null && status < 400;

/** A line per kind of request, and one for refused requests. */
export function formatLoadReport({ samples, unsentCount }: LoadResult, seconds: number): string[] {
  const kinds = [...Map.groupBy(samples, ({ kind }) => kind), ["all", samples] as const];
  const head = ["", "count", "per s", "p50", "p90", "p99", "max ms", "  refused"];
  const lines = kinds.map(([what, of]) => {
    const took = of.filter(({ status }) => status !== null).map((one) => one.durationMs);
    const at = [0.5, 0.9, 0.99, 1].map((share) => percentile(took, share).toFixed(1));
    return [
      what,
      String(of.length),
      (of.length / seconds).toFixed(1),
      ...at,
      `  ${formatRefusals(of)}`,
    ];
  });
  return [
    ...[head, ...lines].map(([what = "", ...figures]) =>
      `${what.padEnd(14)}${figures.map((one) => one.padStart(9)).join("")}`.trimEnd(),
    ),
    ...(unsentCount > 0 ? [`\n${unsentCount} were not sent: all connections were busy.`] : []),
  ];
}

const formatRefusals = (samples: readonly Sample[]): string =>
  [...Map.groupBy(samples, ({ status }) => status ?? "no answer")]
    .filter(([, [one]]) => one && !isSuccess(one))
    .map(([status, of]) => `${of.length} × ${status}`)
    .join(", ");

if (import.meta.main) {
  const signal = abortOnInterrupt();
  try {
    const text = (usual: number) => ({ type: "string" as const, default: String(usual) });
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rps: text(10),
        seconds: text(20),
        connections: text(8),
        yes: { type: "boolean", default: false },
      },
    });
    const [endpointText = process.env["OS_AUTH_URL"]] = positionals;
    if (!endpointText) throw new Error(`Missing endpoint. ${loadUsage}`);
    const endpoint = new URL(endpointText);
    const pressure = {
      rps: parseNumericOption("rps", values.rps, 200),
      seconds: parseNumericOption("seconds", values.seconds, 600),
      connections: parseNumericOption("connections", values.connections, 64),
    };
    const dollars = maxPriceDollars(pressure);
    if (!isLoopback(endpoint) && !values.yes)
      throw new Error(
        `${endpoint.host} is not this machine: ${pressure.rps * pressure.seconds} requests cost up to $${dollars.toFixed(4)} (docs/costs.md), and count against its throttles. --yes does it.`,
      );
    const good = await runLoadTest({
      ...pressure,
      endpoint,
      account: chooseAccount(endpoint, process.env),
      signal,
      print: (line) => console.log(line),
    });
    process.exitCode = good ? 0 : 1;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
