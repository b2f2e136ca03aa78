import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import { readResponse, upgradeRequest } from "../support/console-upgrade.ts";
import {
  connectThroughTunnel,
  connectWebSocket,
  consoleTokenOf,
  openConnectTunnel,
  openSocket,
  readHead,
  socketUrl,
} from "../support/rfb-client.ts";

const endpoint = useOwnEngine();

async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const got: Buffer | null = socket.read(count);
    if (got) return got;
    await once(socket, "readable");
  }
}

const refusalText = (line: string) =>
  `HTTP/1.1 ${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

describe("what tempest's test_novnc asks of a console (tempest/api/compute/servers/test_novnc.py)", () => {
  test("each handshake message has its own frame of less than 126 bytes", async () => {
    const { url, another } = await startConsoleCloud(endpoint());
    const { id } = await another({ name: "n".repeat(255) });
    const socket = openSocket(await url("novnc"));
    const token = consoleTokenOf(await url("novnc", id));
    socket.write(upgradeRequest(`/?token=${token}`, "Sec-WebSocket-Protocol: binary"));
    const head = await readHead(socket);
    expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(head.toLowerCase()).toContain("upgrade: websocket");
    expect(head).toContain("Sec-WebSocket-Protocol: binary");

    const frame = async () => {
      const [opcode, length = 0] = await readBytes(socket, 2);
      expect([opcode, length < 126]).toEqual([0x82, true]);
      return readBytes(socket, length);
    };
    const mask = [7, 2, 1, 9];
    const say = (text: Buffer) =>
      socket.write(
        Buffer.from([
          130,
          text.length | 128,
          ...mask,
          ...text.map((x, i) => x ^ (mask[i % 4] ?? 0)),
        ]),
      );

    const version = await frame();
    expect(version.toString()).toBe("RFB 003.008\n");
    say(version);
    expect([...(await frame())]).toEqual([1, 1]);
    say(Buffer.from([1]));
    expect([...(await frame())]).toEqual([0, 0, 0, 0]);
    say(Buffer.from([1]));
    const init = await frame();
    expect([init.readUInt16BE(0), init.readUInt16BE(2)]).toEqual([640, 384]);
    expect(init.length).toBe(24 + init.readUInt32BE(20));
  });

  test("a bad token is refused, without data after the headers", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const at = await url("novnc");
    const path = `/?token=bad${consoleTokenOf(at)}`;
    expect(await readResponse(at, upgradeRequest(path, "Sec-WebSocket-Protocol: binary"))).toBe(
      refusalText("403 Forbidden"),
    );
  });
});

describe("CONNECT", () => {
  test("gets the response that the documents' viewer needs, then RFB (S1-14)", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const at = await url("xvpvnc");
    const { head } = await openConnectTunnel(at, at.slice(new URL(at).origin.length));
    expect(head).toBe("HTTP/1.1 200 OK");
    const viewer = await connectThroughTunnel(at);
    await viewer.sees("web-1 login:");
  });

  test("gets the response that TightVNC needs, with the token as host", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const at = await url("xvpvnc");
    const { socket, head } = await openConnectTunnel(at, `${consoleTokenOf(at)}:5900`);
    expect(head).toBe("HTTP/1.0 200 OK");
    expect(String(await readBytes(socket, 12))).toBe("RFB 003.008\n");
  });

  test.each([
    ["no token", "/console", "400 Invalid Request"],
    ["an empty one", "/console?token=", "400 Invalid Request"],
    ["another host", "example.org:443", "400 Invalid Request"],
    ["a token nobody gave", `/console?token=${randomUUID()}`, "401 Not Authorized"],
    ["what is no token", "/console?token=nonsense", "401 Not Authorized"],
    ["a proxy's token nobody gave", `${randomUUID()}:5900`, "401 Not Authorized"],
  ])("with %s is refused with Nova's message", async (_, target, line) => {
    const { url } = await startConsoleCloud(endpoint());
    expect(await readResponse(await url(), `CONNECT ${target} HTTP/1.0\r\n\r\n`)).toBe(
      refusalText(line),
    );
  });
});

describe("a console's type", () => {
  test("serial is text over a WebSocket, without RFB", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const at = await url("serial");
    const ws = new WebSocket(at);
    const [message, isBinary] = await once(ws, "message");
    expect([isBinary, String(message)]).toEqual([false, expect.stringContaining("web-1 login:")]);
    ws.close();
    expect((await openConnectTunnel(at, `/?token=${consoleTokenOf(at)}`)).head).toMatch(
      /401 Not Authorized/,
    );
  });

  test("vnc is RFB, and a viewer's text is refused", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const ws = new WebSocket(socketUrl(await url("novnc")));
    const [message, isBinary] = await once(ws, "message");
    expect([isBinary, String(message)]).toEqual([true, "RFB 003.008\n"]);
    ws.send("RFB 003.008\n");
    expect((await once(ws, "close"))[0]).toBe(1003);
  });

  test("invalid RFB ends its own connection only", async () => {
    const { url } = await startConsoleCloud(endpoint());
    const [one, other] = [connectWebSocket(await url()), connectWebSocket(await url())];
    await one.sees("login:");
    await other.sees("login:");
    other.send(Buffer.from([99, 1, 2, 3]));
    await other.ends();
    one.type("root");
    await one.sees("login: root");
  });
});

test("an upgrade to a protocol other than WebSocket is answered in HTTP/1.1", async () => {
  const { at } = await startConsoleCloud(endpoint());
  const clientRequest = request(`${at}/`, {
    headers: {
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AAMAAABk",
    },
  }).end();
  const [response] = await once(clientRequest, "response");
  response.resume();
  expect([response.statusCode, response.headers["content-type"]]).toEqual([
    200,
    "application/json",
  ]);
});
