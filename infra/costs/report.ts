import {
  type DocumentSections,
  markdownTable,
  updateSections,
} from "../documents/document-sections.ts";
import { type MeasuredRequest, measuredRequests, measuredUsage } from "./measured-usage.ts";
import { type Bill, billOf, idleUse, type MonthlyUse, totalOf, usualMix } from "./monthly-bill.ts";
import { prices, pricesMonth, pricesRegion } from "./prices.ts";
import {
  assumed,
  billedMs,
  type Cost,
  costOfRequest,
  sharesOf,
  totalCost,
} from "./request-cost.ts";

const perMillionFactor = 1e6;

const formatDollars = (amount: number): string => amount.toFixed(2);

const lineLabels: Record<keyof Bill, string> = {
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

/** The most expensive line of a request, and its share. */
function formatLargestPart(cost: Cost): string {
  const [part = "gateway", most = 0] =
    (Object.entries(cost) as [keyof Cost, number][]).toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return `${lineLabels[part]} ${formatPercent(most / totalCost(cost))}`;
}

function requestRow(request: MeasuredRequest): readonly (string | number)[] {
  const { dynamoCalls, reads, writes } = measuredUsage[request];
  const cost = costOfRequest(request, idleUse.memory);
  const parts = Object.values(cost).map((part) => formatDollars(part * perMillionFactor));
  return [
    request,
    dynamoCalls,
    reads,
    writes,
    ...parts,
    formatDollars(totalCost(cost) * perMillionFactor),
    formatLargestPart(cost),
  ];
}

/** Dollars per million of each request, with the components. */
export const perMillionTable = (): string =>
  markdownTable(
    [
      ...["request", "calls", "reads", "writes", "gateway", "invoking"],
      ...["running", "DynamoDB", "logs", "egress", "dollars", "largest part"],
    ],
    measuredRequests.map(requestRow),
  );

export const priceTable = (): string =>
  markdownTable(
    ["dollars", `per (${pricesRegion}, ${pricesMonth})`, "source"],
    Object.values(prices).map(({ dollars, unit, source }) => [dollars, unit, source]),
  );

export const assumptionsList = (): string =>
  [
    `- a DynamoDB command takes ${assumed.roundTripMs} ms, one after the other; a request ${assumed.cpuMs} ms of a whole processor, of which a function has`,
    `  memory / ${assumed.wholeProcessorMb} MB: at ${idleUse.memory} MB a show is billed ${billedMs("show a server", idleUse.memory)} ms, a token ${billedMs("issue a token", idleUse.memory)} ms (scrypt);`,
    `- one request in ${1 / assumed.coldStart.share} begins a process, ${assumed.coldStart.billedMs} ms of which are billed;`,
    `- ${assumed.accessLineBytes} bytes of access log for each request, ${assumed.functionLineBytes} of the function's own for what changes something;`,
    `- an answer is sent to the internet with ${assumed.headerBytes} bytes of headers.`,
  ].join("\n");

const formatPercent = (share: number): string => `${Math.round(100 * share)}%`;

/** A month's bill as text. */
export function formatBill(use: MonthlyUse): string {
  const bill = billOf(use);
  const total = totalOf(bill);
  const lines = (Object.entries(bill) as [keyof Bill, number][]).map(
    ([line, amount]) => `  ${lineLabels[line].padEnd(38)} ${formatDollars(amount).padStart(10)}`,
  );
  const mix = sharesOf(use.rps > 0 ? (use.mix ?? usualMix) : {}).map(
    ([request, share]) => `  ${formatPercent(share).padStart(4)} ${request}`,
  );
  return [
    `${use.servers} servers, ${use.rps} requests a second, ${use.consoles} consoles open: dollars a month`,
    "",
    ...lines,
    `  ${"".padEnd(38)} ${"-".repeat(10)}`,
    `  ${"".padEnd(38)} ${formatDollars(total).padStart(10)}`,
    "",
    ...(mix.length > 0 ? ["Of the requests:", ...mix, ""] : []),
    `Prices of ${pricesRegion}, ${pricesMonth}, without the free tier (docs/costs.md).`,
  ].join("\n");
}

/** The computed sections of docs/costs.md, by marker. */
export const computedSections: DocumentSections = {
  "per million": perMillionTable,
  prices: priceTable,
  assumptions: assumptionsList,
  example: () =>
    ["```text", formatBill({ ...idleUse, servers: 500, rps: 5, consoles: 2 }), "```"].join("\n"),
  idle: () => ["```text", formatBill(idleUse), "```"].join("\n"),
};

/** The document with its sections computed again. */
export const updateCostsPage = (document: string): string =>
  updateSections(document, computedSections);
