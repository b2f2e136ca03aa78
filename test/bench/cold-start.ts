import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions } from "../support/bundles.ts";
import { median } from "./median.ts";

/**
 * `npm run cold-start [N]`: size and cold start of every function. Only times of one run compare.
 */
const runs = Number(process.argv[2] ?? 7);

const bundles = await bundleFunctions();
const empty = join(bundles.folder, "empty.mjs");
writeFileSync(empty, "export const handler = () => {};\n");

const childProgram = `
  const start = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - start);`;

const measureLoadMs = (file: string): number =>
  Number(execFileSync(process.execPath, ["--input-type=module", "--eval", childProgram, file]));

const files = new Map([
  ["(empty)", empty],
  ...bundles.ids.map((id): [string, string] => [id, bundles.fileOf(id)]),
]);
const loadTimes = new Map([...files.keys()].map((id): [string, number[]] => [id, []]));
// Interleaved, so that load affects all alike.
for (let turn = 0; turn < runs; turn++)
  for (const [id, file] of files) loadTimes.get(id)?.push(measureLoadMs(file));

const kilobytes = (id: string, lazy: boolean): number =>
  Math.round(bundles.closureOf(id, { lazy }).bytes / 1024);

console.log(`Node ${process.version}, median of ${runs} processes each`);
console.table(
  [...loadTimes].map(([id, values]) => ({
    bundle: id,
    "KB at start": id === "(empty)" ? 0 : kilobytes(id, false),
    "KB with lazy": id === "(empty)" ? 0 : kilobytes(id, true),
    "load ms": Number(median(values).toFixed(1)),
  })),
);
bundles.remove();
