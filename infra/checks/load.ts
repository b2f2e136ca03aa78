import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { idle } from "../costs/month.ts";
import { costOfMix } from "../costs/request.ts";
import { type Account, accountFor, isLoopback } from "./account.ts";
import { interruption } from "./interrupt.ts";
import { limited } from "./limits.ts";
import { percentile } from "./percentiles.ts";
import { type Pressed, type Pressure, press, type Sample } from "./pressure.ts";
import { chosenFlavor, chosenImage, cleanedUp, created } from "./provision.ts";
import { logIn, sessionAt } from "./session.ts";
import { fleetOf, mix, trafficOf } from "./traffic.ts";

const usage =
  "npm run load -- ENDPOINT [--rps N] [--seconds N] [--connections N] [--yes where it costs money]";

/** As many as fit the quota of a project, beside some of its own. */
const fleet = 6;

interface Load extends Pressure {
  readonly endpoint: URL;
  readonly account: Account;
  say(line: string): void;
}

/** Dollars, at most. */
export const priceOf = ({ rps, seconds }: Pick<Load, "rps" | "seconds">): number =>
  rps * seconds * costOfMix(mix, idle.memory);

/** Puts a load on an endpoint with servers of its own, which it takes away. */
export async function load(asked: Load): Promise<boolean> {
  const { endpoint, account, signal, say, rps, seconds, connections } = asked;
  const name = `load-${randomUUID().slice(0, 8)}`;
  const session = sessionAt(endpoint, account, signal);
  await logIn(session);
  let pressed: Pressed;
  try {
    await chosenImage(session);
    await chosenFlavor(session);
    const ids: string[] = [];
    for (let number = 0; number < fleet; number++)
      ids.push(String(await created(session, `${name}-${number}`)));
    say(`${rps} requests a second for ${seconds} s over ${connections} connections\n`);
    pressed = await press(asked, trafficOf(session, fleetOf(ids)));
  } finally {
    for (const one of await cleanedUp(endpoint, account, name)) say(`Left behind: ${one}`);
  }
  for (const line of report(pressed, seconds)) say(line);
  return pressed.unsent === 0 && pressed.samples.every(isGood);
}

const isGood = ({ status }: Sample): boolean => status !== null && status < 400;

/** A line for each kind of request, and one for what was refused. */
export function report({ samples, unsent }: Pressed, seconds: number): string[] {
  const kinds = [...Map.groupBy(samples, ({ what }) => what), ["all", samples] as const];
  const head = ["", "count", "per s", "p50", "p90", "p99", "max ms", "  refused"];
  const lines = kinds.map(([what, of]) => {
    const took = of.filter(({ status }) => status !== null).map((one) => one.milliseconds);
    const at = [0.5, 0.9, 0.99, 1].map((share) => percentile(took, share).toFixed(1));
    return [what, String(of.length), (of.length / seconds).toFixed(1), ...at, `  ${refused(of)}`];
  });
  return [
    ...[head, ...lines].map(([what = "", ...figures]) =>
      `${what.padEnd(14)}${figures.map((one) => one.padStart(9)).join("")}`.trimEnd(),
    ),
    ...(unsent > 0 ? [`\n${unsent} were not sent: all connections were busy.`] : []),
  ];
}

const refused = (samples: readonly Sample[]): string =>
  [...Map.groupBy(samples, ({ status }) => status ?? "no answer")]
    .filter(([, [one]]) => one && !isGood(one))
    .map(([status, of]) => `${of.length} × ${status}`)
    .join(", ");

if (import.meta.main) {
  const signal = interruption();
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
    const [told = process.env["OS_AUTH_URL"]] = positionals;
    if (!told) throw new Error(`Which endpoint? ${usage}`);
    const endpoint = new URL(told);
    const pressure = {
      rps: limited("rps", values.rps, 200),
      seconds: limited("seconds", values.seconds, 600),
      connections: limited("connections", values.connections, 64),
    };
    const dollars = priceOf(pressure);
    if (!isLoopback(endpoint) && !values.yes)
      throw new Error(
        `${endpoint.host} is not this machine: ${pressure.rps * pressure.seconds} requests cost up to $${dollars.toFixed(4)} (docs/costs.md), and count against its throttles. --yes does it.`,
      );
    const good = await load({
      ...pressure,
      endpoint,
      account: accountFor(endpoint, process.env),
      signal,
      say: (line) => console.log(line),
    });
    process.exitCode = good ? 0 : 1;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
