/** `npm run bench`: each operation beside a bare node:http server with the same DynamoDB calls. */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localEnvironment, openLocalTable } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { issueLocalToken } from "../../infra/local/token.ts";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { settledServer } from "../support/servers.ts";
import { type BenchCase, benchCases, requestBytes } from "./cases.ts";
import { type BenchResult, measureLoad } from "./load.ts";

const rounds = Number(process.env["ROUNDS"] ?? 5);
const requests = Number(process.env["REQUESTS"] ?? 1_500);
const connections = Number(process.env["CONNECTIONS"] ?? 16);

const { scripts } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
);
const startFlags: string[] = scripts.start.match(/--\S+/g) ?? [];

interface Round extends BenchResult {
  /** Microseconds of processor time per request. */
  readonly cpu: number;
}

const directory = mkdtempSync(join(tmpdir(), "novaless-bench-"));
const engine = await openEngine();
const resultRows: string[][] = [];
let maxMemoryMb = 0;
try {
  const only = process.env["ONLY"];
  for (const one of benchCases.filter(({ name }) => !only || name === only)) {
    const { ours, floor, mb } = await measureCase(one);
    maxMemoryMb = Math.max(maxMemoryMb, mb);
    resultRows.push(resultRow(one, ours, floor));
    console.log(resultRows.at(-1)?.join(" | "));
  }
} finally {
  await engine.stop();
  rmSync(directory, { recursive: true });
}

console.log(
  `\n${process.version}, ${engine.name}, ${connections} connections, median of ${rounds} rounds of ${requests}\n`,
);
const head = [
  "operation",
  "req/s",
  "p50 ms",
  "p99 ms",
  "CPU µs",
  "floor req/s",
  "floor p50",
  "floor p99",
  "floor CPU µs",
  "of floor",
  "target",
];
for (const line of [head, head.map(() => "---"), ...resultRows])
  console.log(`| ${line.join(" | ")} |`);
console.log(`\nMemory of the service's process after its run, at most: ${maxMemoryMb} MB`);

async function measureCase(one: BenchCase) {
  const name = `bench-${randomUUID()}`;
  const table = await openLocalTable(engine.endpoint, name);
  const environment = await localEnvironment(table, { directory });
  const shownIds = await seedServers(one.name === "list of 100" ? 100 : 1, "active");
  const spendableIds = one.usesOwnServers
    ? await seedServers(requests * (rounds + 1) * 2 + 2, "stopped")
    : [];
  const id = shownIds[0] ?? "";
  const token = await issueLocalToken(environment.tokens, "demo", Date.now());
  const ours = await forkServer("ours", one, id);
  const floor = await forkServer("floor", one, spendableIds.pop() ?? id);
  const results = { ours: [] as Round[], floor: [] as Round[] };
  for (let round = 0; round <= rounds; round++)
    for (const [side, child] of [
      ["ours", ours],
      ["floor", floor],
    ] as const) {
      const ids = spendableIds.splice(0, one.usesOwnServers ? requests : 0);
      const before = await processUsage(child);
      const result = await measureLoad({
        port: child.port,
        connections,
        requests,
        request: (number) => requestBytes(one, ids[number] ?? id, token),
      });
      const after = await processUsage(child);
      const bad = Object.keys(result.statuses).filter((status) => !status.startsWith("2"));
      if (bad.length > 0)
        throw new Error(`${one.name}, ${side}: ${JSON.stringify(result.statuses)}`);
      // The first round warms up.
      if (round > 0) results[side].push({ ...result, cpu: (after.cpu - before.cpu) / requests });
    }
  const { memory: bytes } = await processUsage(ours);
  for (const { process: child } of [ours, floor]) child.disconnect();
  table.db.destroy();
  return { ...results, mb: Math.round(bytes / 1024 / 1024) };

  async function seedServers(count: number, vm: "active" | "stopped"): Promise<string[]> {
    const servers: Server[] = Array.from({ length: count }, () =>
      settledServer(vm, { metadata: { role: "web", tier: "front" } }),
    );
    for (let at = 0; at < count; at += 12) await insertServers(table, servers.slice(at, at + 12));
    return servers.map((server) => server.id);
  }

  async function forkServer(kind: "ours" | "floor", { name: caseName }: BenchCase, sample: string) {
    const child = fork(
      join(import.meta.dirname, "../../infra/local/run.js"),
      [join(import.meta.dirname, "serve.ts"), kind, engine.endpoint, name, directory, caseName],
      {
        execArgv: startFlags,
        env: { ...process.env, SAMPLE: JSON.stringify({ id: sample, token }) },
      },
    );
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return { process: child, port };
  }
}

async function processUsage({
  process: child,
}: {
  process: ChildProcess;
}): Promise<{ cpu: number; memory: number }> {
  child.send("usage");
  const [answer] = await once(child, "message");
  return answer;
}

function resultRow(
  { name, targetShare }: BenchCase,
  ours: readonly Round[],
  floor: readonly Round[],
): string[] {
  const figures = (of: readonly Round[]) => [
    median(of, "perSecond").toFixed(0),
    median(of, "p50").toFixed(2),
    median(of, "p99").toFixed(2),
    median(of, "cpu").toFixed(0),
  ];
  const share = median(ours, "perSecond") / median(floor, "perSecond");
  return [
    name,
    ...figures(ours),
    ...figures(floor),
    share.toFixed(2),
    targetShare === undefined ? "" : targetShare.toFixed(2),
  ];
}

function median(of: readonly Round[], figure: "perSecond" | "p50" | "p99" | "cpu"): number {
  const sorted = of.map((round) => round[figure]).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
