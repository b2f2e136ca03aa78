import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { clientExports, localOrigin, requestedPort } from "./client-exports.ts";
import { localEnvironment, openLocalTable } from "./cloud.ts";
import { openEngine } from "./engine.ts";
import { createGateway } from "./gateway.ts";
import { deleteExpiredItems } from "./sweeper.ts";

/** Milliseconds between sweeps of expired items. */
const sweepIntervalMs = 60_000;

const { values } = parseArgs({ options: { data: { type: "string" } } });
const host = process.env["HOST"] ?? "127.0.0.1";
if (!/^(127(\.\d+){3}|::1|localhost)$/.test(host)) {
  console.error(
    `Novaless does not listen on ${host}: its local accounts (admin/admin, …) are known to everybody.\nPut a proxy of your own before it, or deploy the stack.`,
  );
  process.exit(1);
}

const directory = values.data && resolve(values.data);
if (directory) mkdirSync(directory, { recursive: true });
const dataOptions = directory ? { directory } : {};
const engine = await openEngine(dataOptions);
const table = await openLocalTable(engine.endpoint, "novaless");
const environment = await localEnvironment(table, {
  ...dataOptions,
  // prints requests that no route serves
  onNotRouted: (request) => console.error(`No route: ${request}`),
});
const server = createGateway(environment);
setInterval(() => deleteExpiredItems(table, Date.now()).catch(() => {}), sweepIntervalMs).unref();

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, async () => {
    server.close();
    server.closeAllConnections();
    await engine.stop();
    process.exit(0);
  });

server.on("error", async (cause: NodeJS.ErrnoException) => {
  console.error(
    cause.code === "EADDRINUSE"
      ? `Port ${requestedPort()} is taken. PORT=8775 npm start uses another.`
      : cause.message,
  );
  await engine.stop();
  process.exit(1);
});
server.listen(requestedPort(), host);
await once(server, "listening");

const origin = localOrigin((server.address() as AddressInfo).port);
console.log(`Novaless ready on ${origin} (${engine.name}, ${directory ?? "in memory"})

${clientExports(origin)}

curl -s -u demo:demo ${origin}/servers/detail
`);
