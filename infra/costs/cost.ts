import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { idleUse, type MonthlyUse } from "./monthly-bill.ts";
import { formatBill, perMillionTable, updateCostsPage } from "./report.ts";

/** `npm run cost -- --servers 500 --rps 5` prints a month's bill. */
const costUsage = `npm run cost -- [--servers N] [--rps N] [--consoles N] [--memory MB] [--backups] [--log-days N]
                [--secrets N] [--alarms N] [--dashboards N] [--metrics N]
npm run cost -- --table    what a million of each request cost
npm run cost -- --write    brings docs/costs.md up to date`;

const amountOptions = [
  ...["servers", "rps", "consoles", "memory", "log-days"],
  ...["secrets", "alarms", "dashboards", "metrics"],
];

try {
  const flags = ["backups", "table", "write"].map((name) => [name, { type: "boolean" as const }]);
  const given = amountOptions.map((name) => [name, { type: "string" as const }]);
  const options = Object.fromEntries([...flags, ...given]);
  const values: Readonly<Record<string, unknown>> = parseArgs({ options }).values;
  if (values["table"]) console.log(perMillionTable());
  else if (values["write"]) updateDocument(join(import.meta.dirname, "../../docs/costs.md"));
  else console.log(formatBill(parseUse(values)));
} catch (cause) {
  console.error(`${cause instanceof Error ? cause.message : cause}\n\n${costUsage}`);
  process.exitCode = 1;
}

function updateDocument(file: string): void {
  writeFileSync(file, updateCostsPage(readFileSync(file, "utf8")));
}

function parseUse({ backups, ...options }: Readonly<Record<string, unknown>>): MonthlyUse {
  const use = Object.entries(options).map(([name, text]) => [
    name === "log-days" ? "logDays" : name,
    parseAmount(name, String(text)),
  ]);
  const all: MonthlyUse = { ...idleUse, backups: backups === true, ...Object.fromEntries(use) };
  if (all.memory < 128 || all.memory > 10_240)
    throw new Error("--memory must be between 128 and 10240 MB");
  return all;
}

function parseAmount(name: string, text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} must be a number, got ${text}`);
  return Number(text);
}
