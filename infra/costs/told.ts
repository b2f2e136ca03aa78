import { type Parts, table, withParts } from "../documents/parts.ts";
import { counted, type Request, requests } from "./counted.ts";
import { type Bill, billOf, idle, totalOf, type Use, usualMix } from "./month.ts";
import { asOf, prices, region } from "./prices.ts";
import { assumed, billedMilliseconds, type Cost, costOf, sharesOf, sumOf } from "./request.ts";

const million = 1e6;

const dollars = (amount: number): string => amount.toFixed(2);

const named: Record<keyof Bill, string> = {
  gateway: "API Gateway",
  invocation: "Lambda, requests",
  time: "Lambda, time",
  database: "DynamoDB, units",
  logs: "logs, written",
  egress: "answers, sent",
  storage: "DynamoDB, stored",
  keptLogs: "logs, kept",
  fixed: "secrets, alarms, dashboards, metrics",
};

/** What costs most of a request, and its share. */
function largest(cost: Cost): string {
  const [part = "gateway", most = 0] =
    (Object.entries(cost) as [keyof Cost, number][]).toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return `${named[part]} ${percent(most / sumOf(cost))}`;
}

function rowOf(request: Request): readonly (string | number)[] {
  const { calls, reads, writes } = counted[request];
  const cost = costOf(request, idle.memory);
  const parts = Object.values(cost).map((part) => dollars(part * million));
  return [request, calls, reads, writes, ...parts, dollars(sumOf(cost) * million), largest(cost)];
}

/** Dollars for a million of each request, and what it is made of. */
export const perMillion = (): string =>
  table(
    [
      ...["a million times", "calls", "reads", "writes", "gateway", "Lambda requests"],
      ...["Lambda time", "DynamoDB", "logs", "egress", "dollars", "most of it"],
    ],
    requests.map(rowOf),
  );

export const priceList = (): string =>
  table(
    ["dollars", `per (${region}, ${asOf})`, "source"],
    Object.values(prices).map(({ dollars, per, source }) => [dollars, per, source]),
  );

export const assumptions = (): string =>
  [
    `- a DynamoDB command takes ${assumed.roundTrip} ms, one after the other; a request ${assumed.cpu} ms of a whole processor, of which a function has`,
    `  memory / ${assumed.wholeProcessor} MB: at ${idle.memory} MB a show is billed ${billedMilliseconds("show a server", idle.memory)} ms, a token ${billedMilliseconds("issue a token", idle.memory)} ms (scrypt);`,
    `- one request in ${1 / assumed.cold.share} begins a process, ${assumed.cold.milliseconds} ms of which are billed;`,
    `- ${assumed.accessLine} bytes of access log for each request, ${assumed.ownLine} of the function's own for what changes something;`,
    `- an answer is sent to the internet with ${assumed.headers} bytes of headers.`,
  ].join("\n");

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** The bill of a month, for people. */
export function billTold(use: Use): string {
  const bill = billOf(use);
  const total = totalOf(bill);
  const lines = (Object.entries(bill) as [keyof Bill, number][]).map(
    ([line, amount]) => `  ${named[line].padEnd(38)} ${dollars(amount).padStart(10)}`,
  );
  const mix = sharesOf(use.rps > 0 ? (use.mix ?? usualMix) : {}).map(
    ([request, share]) => `  ${percent(share).padStart(4)} ${request}`,
  );
  return [
    `${use.servers} servers, ${use.rps} requests a second, ${use.consoles} consoles open: dollars a month`,
    "",
    ...lines,
    `  ${"".padEnd(38)} ${"-".repeat(10)}`,
    `  ${"".padEnd(38)} ${dollars(total).padStart(10)}`,
    "",
    ...(mix.length > 0 ? ["Of the requests:", ...mix, ""] : []),
    `Prices of ${region}, ${asOf}, without the free tier (docs/costs.md).`,
  ].join("\n");
}

/** The parts of docs/costs.md that are worked out here, by the name each is marked with. */
export const worked: Parts = {
  "per million": perMillion,
  prices: priceList,
  assumptions,
  example: () =>
    ["```text", billTold({ ...idle, servers: 500, rps: 5, consoles: 2 }), "```"].join("\n"),
  idle: () => ["```text", billTold(idle), "```"].join("\n"),
};

/** The document with its parts worked out anew. */
export const writtenInto = (document: string): string => withParts(document, worked);
