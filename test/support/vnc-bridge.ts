import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { consoleTokenOf } from "./rfb-client.ts";

export async function startVncBridge(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const bridge = createServer((viewer) => {
    const upstream = connect(Number(port), hostname);
    for (const [one, other] of [[viewer, upstream] as const, [upstream, viewer] as const]) {
      open.add(one);
      one.on("error", () => one.destroy()).on("close", () => other.destroy());
    }
    upstream.write(`CONNECT /console?token=${consoleTokenOf(url)} HTTP/1.0\r\n\r\n`);
    upstream.once("data", (head: Buffer) => {
      viewer.write(head.subarray(head.indexOf("\r\n\r\n") + 4));
      upstream.pipe(viewer).pipe(upstream);
    });
  }).listen(0, "127.0.0.1");
  await once(bridge, "listening");
  onTestFinished(() => {
    bridge.close();
    for (const socket of open) socket.destroy();
  });
  return (bridge.address() as AddressInfo).port;
}
