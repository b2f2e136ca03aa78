/** `node test/bench/console-exchanges.ts [N]`: bytes, items and time of each kind of exchange. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { localEnvironment, openLocalTable } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { createGateway } from "../../infra/local/gateway.ts";
import { sampleServer } from "../../infra/local/sample-server.ts";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import {
  type ExchangeResponse,
  encodingNumbers,
  exchangeViewer,
  viewerMessages,
} from "../support/exchange-viewer.ts";

const exchangesPerKind = Number(process.argv[2] ?? 500);
const engine = await openEngine();
const table = await openLocalTable(engine.endpoint, `bench-${randomUUID()}`);
const environment = await localEnvironment(table, {});
const gatewayServer = createGateway(environment).listen(0, "127.0.0.1");
await once(gatewayServer, "listening");
const origin = `http://127.0.0.1:${(gatewayServer.address() as AddressInfo).port}`;

const server = sampleServer("active", Date.now() - 3_600_000);
await insertServers(table, [server]);
const issueConsoleToken = async () => {
  const grantToken = randomUUID();
  const { project, id, user } = server;
  const expires = Date.now() + 600_000;
  const grant = { project, server: id, type: "novnc", expires, epoch: 0, user, overLock: false };
  await environment.backend().consoleGrants.add(grantToken, { ...grant, type: "novnc" });
  return grantToken;
};

async function openViewer() {
  const one = exchangeViewer(origin, await issueConsoleToken());
  await one.open(encodingNumbers.tight, encodingNumbers.xvp, encodingNumbers.continuous);
  await one.say(viewerMessages.continuous);
  return one;
}

type Viewer = Awaited<ReturnType<typeof openViewer>>;
const viewer = await openViewer();
await viewer.say(viewerMessages.keys("root\n\n"));

const exchangeKinds: Readonly<
  Record<string, (one: Viewer, i: number) => Promise<ExchangeResponse>>
> = {
  poll: ({ poll }) => poll(),
  key: ({ say }, i) => say(viewerMessages.keys("abcdefgh"[i % 8] ?? "")),
  "a line": async ({ say }, i) => say(viewerMessages.keys(`echo ${(i * 7_919) % 1_000}\n`)),
};

const rows = [];
for (const [kind, does] of Object.entries(exchangeKinds)) {
  for (let i = 0; i < exchangesPerKind / 5; i++) await does(viewer, i);
  await viewer.say(viewerMessages.keys("\n"));
  const taken: number[] = [];
  let bytes = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < exchangesPerKind; i++) {
    const begin = performance.now();
    bytes += (await does(viewer, i)).bytes.length;
    taken.push(performance.now() - begin);
    // A line takes at most 200 characters.
    if (kind === "key" && i % 64 === 63) await viewer.say(viewerMessages.keys("\n"));
  }
  const { user, system } = process.cpuUsage(before);
  taken.sort((first, other) => first - other);
  rows.push({
    exchange: kind,
    "bytes of the answer": Math.round(bytes / exchangesPerKind),
    "p50 ms": Number(taken[exchangesPerKind >> 1]?.toFixed(2)),
    "p99 ms": Number(taken[Math.floor(exchangesPerKind * 0.99)]?.toFixed(2)),
    "CPU ms, of both ends": Number(((user + system) / 1_000 / exchangesPerKind).toFixed(2)),
  });
}
console.log(`Node ${process.version}, ${engine.name}, ${exchangesPerKind} exchanges each`);
console.table(rows);

const { Items = [] } = await table.db.send(new ScanCommand({ TableName: table.name }));
const sizeOf = (item: object) =>
  Object.entries(item).reduce((sum, [name, value]) => {
    const { S, N, B } = value as { S?: string; N?: string; B?: Uint8Array };
    return sum + name.length + (B?.length ?? Buffer.byteLength(S ?? N ?? ""));
  }, 0);
const items = Items.map((item) => ({
  sk: item["sk"]?.S?.split("#")[0] ?? "",
  bytes: sizeOf(item),
}));
for (const sk of ["SERVER", "TOKEN", "ROOM", "LOG"]) {
  const sizes = items.filter((item) => item.sk === sk).map(({ bytes }) => bytes);
  console.log(`${sk}: ${sizes.length} items, ${Math.min(...sizes)} to ${Math.max(...sizes)} bytes`);
}

for (let viewers = 2; viewers <= 8; viewers++) await openViewer();
const sessionScan = await table.db.send(new ScanCommand({ TableName: table.name }));
const fullSession = sessionScan.Items?.find((item) => item["sk"]?.S === "ROOM");
console.log(`ROOM with 8 viewers: ${fullSession ? sizeOf(fullSession) : 0} bytes`);

gatewayServer.closeAllConnections();
gatewayServer.close();
table.db.destroy();
table.documentClient.destroy();
await engine.stop();
