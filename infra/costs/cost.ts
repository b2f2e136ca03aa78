import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { idle, type Use } from "./month.ts";
import { billTold, perMillion, writtenInto } from "./told.ts";

/** `npm run cost -- --servers 500 --rps 5`: what a month comes to. */
const usage = `npm run cost -- [--servers N] [--rps N] [--consoles N] [--memory MB] [--backups] [--log-days N]
                [--secrets N] [--alarms N] [--dashboards N] [--metrics N]
npm run cost -- --table    what a million of each request cost
npm run cost -- --write    brings docs/costs.md up to date`;

const amounts = [
  ...["servers", "rps", "consoles", "memory", "log-days"],
  ...["secrets", "alarms", "dashboards", "metrics"],
];

try {
  const flags = ["backups", "table", "write"].map((name) => [name, { type: "boolean" as const }]);
  const given = amounts.map((name) => [name, { type: "string" as const }]);
  const options = Object.fromEntries([...flags, ...given]);
  const values: Readonly<Record<string, unknown>> = parseArgs({ options }).values;
  if (values["table"]) console.log(perMillion());
  else if (values["write"]) write(join(import.meta.dirname, "../../docs/costs.md"));
  else console.log(billTold(useOf(values)));
} catch (cause) {
  console.error(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`);
  process.exitCode = 1;
}

function write(file: string): void {
  writeFileSync(file, writtenInto(readFileSync(file, "utf8")));
}

function useOf({ backups, ...asked }: Readonly<Record<string, unknown>>): Use {
  const use = Object.entries(asked).map(([name, said]) => [
    name === "log-days" ? "logDays" : name,
    amountOf(name, String(said)),
  ]);
  const all: Use = { ...idle, backups: backups === true, ...Object.fromEntries(use) };
  if (all.memory < 128 || all.memory > 10_240) throw new Error("--memory is of 128 to 10240 MB");
  return all;
}

function amountOf(name: string, said: string): number {
  if (!/^\d+(\.\d+)?$/.test(said)) throw new Error(`--${name} is a number, not ${said}`);
  return Number(said);
}
