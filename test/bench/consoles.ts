/**
 * What an open console costs: bytes, items and time of each kind of exchange, by one viewer that exchanges
 * as the page does, over the local gateway in this very process. `node test/bench/consoles.ts [N]`
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { localTable, localWorld } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { gateway } from "../../infra/local/gateway.ts";
import { restingServer } from "../../infra/local/resting.ts";
import { addServers } from "../../lambdas/compute/database/create-servers.ts";
import { type Exchanged, exchanger, extensions, says } from "../support/exchange.ts";

const times = Number(process.argv[2] ?? 500);
const engine = await openEngine();
const table = await localTable(engine.endpoint, `bench-${randomUUID()}`);
const world = await localWorld(table, {});
const listening = gateway(world).listen(0, "127.0.0.1");
await once(listening, "listening");
const at = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;

const server = restingServer("active", Date.now() - 3_600_000);
await addServers(table, [server]);
const token = async () => {
  const made = randomUUID();
  const { project, id, user } = server;
  const expires = Date.now() + 600_000;
  const grant = { project, server: id, type: "novnc", expires, epoch: 0, user, overLock: false };
  await world.backend().consoles.grant(made, { ...grant, type: "novnc" });
  return made;
};

async function connected() {
  const one = exchanger(at, await token());
  await one.open(extensions.tight, extensions.xvp, extensions.continuous);
  await one.say(says.continuous);
  return one;
}

type Viewer = Awaited<ReturnType<typeof connected>>;
const one = await connected();
await one.say(says.keys("root\n\n"));

const kinds: Readonly<Record<string, (one: Viewer, i: number) => Promise<Exchanged>>> = {
  poll: ({ poll }) => poll(),
  key: ({ say }, i) => say(says.keys("abcdefgh"[i % 8] ?? "")),
  "a line": async ({ say }, i) => say(says.keys(`echo ${(i * 7_919) % 1_000}\n`)),
};

const rows = [];
for (const [kind, does] of Object.entries(kinds)) {
  for (let i = 0; i < times / 5; i++) await does(one, i);
  await one.say(says.keys("\n"));
  const taken: number[] = [];
  let bytes = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) {
    const begin = performance.now();
    bytes += (await does(one, i)).bytes.length;
    taken.push(performance.now() - begin);
    // a line takes 200 characters, and then no more
    if (kind === "key" && i % 64 === 63) await one.say(says.keys("\n"));
  }
  const { user, system } = process.cpuUsage(before);
  taken.sort((first, other) => first - other);
  rows.push({
    exchange: kind,
    "bytes of the answer": Math.round(bytes / times),
    "p50 ms": Number(taken[times >> 1]?.toFixed(2)),
    "p99 ms": Number(taken[Math.floor(times * 0.99)]?.toFixed(2)),
    "CPU ms, of both ends": Number(((user + system) / 1_000 / times).toFixed(2)),
  });
}
console.log(`Node ${process.version}, ${engine.name}, ${times} exchanges each`);
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

for (let viewers = 2; viewers <= 8; viewers++) await connected();
const room = await table.db.send(new ScanCommand({ TableName: table.name }));
const full = room.Items?.find((item) => item["sk"]?.S === "ROOM");
console.log(`ROOM with 8 viewers: ${full ? sizeOf(full) : 0} bytes`);

listening.closeAllConnections();
listening.close();
table.db.destroy();
table.documents.destroy();
await engine.stop();
