import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { AddressInfo, Server, Socket } from "node:net";
import { parseArgs } from "node:util";
import { fetchOk } from "./cloud-login.ts";
import { createConsoleBridge } from "./console-bridge.ts";
import { consoleOpener, type ServerConsole } from "./server-console.ts";

const consoleUsage = `npm run console -- SERVER [--vnc 5901] [--text FILE] [--png FILE]

Opens a port for VNC viewers on this machine; or saves the screen, as text ("-" prints it) or as a picture.
SERVER is an id or a name, and OS_AUTH_URL, OS_USERNAME and so on say whose.`;

/** `npm run console`: a server's console for native viewers, local or remote. */
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { vnc: { type: "string" }, text: { type: "string" }, png: { type: "string" } },
  });
  const [server] = positionals;
  const port = Number(values.vnc ?? 5901);
  if (!server || positionals.length > 1 || !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new Error(consoleUsage);
  const open = await consoleOpener(process.env, server);
  const first = await open();
  if (values.text !== undefined) await saveScreen(first, "txt", values.text);
  if (values.png !== undefined) await saveScreen(first, "png", values.png);
  if (values.vnc !== undefined || (values.text ?? values.png) === undefined)
    await serveVnc(open, first, port);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
}

async function saveScreen({ url, token }: ServerConsole, kind: "txt" | "png", file: string) {
  const answer = await fetchOk(new URL(`/console/screen.${kind}`, url).href, {
    headers: { authorization: `Bearer ${token}` },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (file === "-") process.stdout.write(bytes);
  else await writeFile(file, bytes);
}

async function serveVnc(open: () => Promise<ServerConsole>, { page }: ServerConsole, port: number) {
  const server = createConsoleBridge(open, (line) => console.error(line));
  const viewers = new Set<Socket>();
  server.on("connection", (socket) => {
    viewers.add(socket);
    socket.on("close", () => viewers.delete(socket));
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      server.close();
      for (const viewer of viewers) viewer.destroy();
      process.exit(0);
    });
  const listening = await listen(server, port);
  if (listening !== port) console.error(`Port ${port} is taken.`);
  console.log(`vncviewer 127.0.0.1::${listening}\n${page}`);
}

/** Listens on loopback, on the port or the next free one. */
async function listen(server: Server, port: number): Promise<number> {
  for (let next = port; ; next++)
    try {
      server.listen(next, "127.0.0.1");
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE" || next >= port + 100) throw cause;
    }
}
