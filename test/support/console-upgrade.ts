import { once } from "node:events";
import { openSocket } from "./rfb-client.ts";

export const upgradeRequest = (path: string, ...more: string[]) =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==",
    "Sec-WebSocket-Version: 13",
    ...more,
    "\r\n",
  ].join("\r\n");

export async function readResponse(url: string, head: string): Promise<string> {
  const socket = openSocket(url);
  socket.write(head);
  let got = "";
  socket.on("data", (bytes) => {
    got += bytes.toString("latin1");
  });
  await once(socket, "close");
  return got;
}
