import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import { type EngineFailures, faultyEngine } from "../support/faulty-engine.ts";
import {
  connectThroughTunnel,
  connectWebSocket,
  consoleTokenOf,
  handshakeMessages,
  keyEvents,
  openConnectTunnel,
  readHead,
  socketUrl,
  updateRequest,
} from "../support/rfb-client.ts";
import { startCloudProcess } from "../support/start-process.ts";

const endpoint = useOwnEngine();

async function startWithConsole() {
  const { origin, child } = await startCloudProcess();
  const ask = async (path: string, body: unknown) => {
    const reply = await fetch(origin + path, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("demo:demo")}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBeLessThan(300);
    return JSON.parse(await reply.text());
  };
  const imageRef = "70a599e0-31e7-49b7-b260-868f441e862b";
  const made = await ask("/servers", { server: { name: "web-1", flavorRef: "1", imageRef } });
  const { id } = made.server;
  const consoleOf = (type: string) =>
    ask(`/servers/${id}/action`, { "os-getVNCConsole": { type } }).then(
      ({ console: { url } }) => `${origin}/console?token=${consoleTokenOf(url)}`,
    );
  const url = await vi.waitFor(() => consoleOf("novnc"), { timeout: 5_000, interval: 100 });
  return {
    ...{ origin, child, id, url, ask },
    /** Megabytes. */
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1_024,
  };
}

const onLinux = test.runIf(process.platform === "linux");

test("a thousand wrong tokens, some disconnected at once, cause neither a crash nor growth", async () => {
  const { url: urlOf } = await startConsoleCloud(endpoint());
  const url = await urlOf();
  const { host } = new URL(url);
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const held = () => {
    collectGarbage();
    const sockets = process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap");
    return { heap: process.memoryUsage().heapUsed, sockets: sockets.length };
  };
  const heads = [
    (token: string) => `CONNECT /console?token=${token} HTTP/1.0\r\n\r\n`,
    (token: string) => `CONNECT ${token}:5900 HTTP/1.0\r\n\r\n`,
    (token: string) =>
      `GET /?token=${token} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  ];
  async function wrong(i: number) {
    const socket = connect({ port: Number(new URL(url).port), allowHalfOpen: true });
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write(heads[i % heads.length]?.(i % 5 === 0 ? "nonsense" : randomUUID()) ?? "");
    if (i % 4 === 1) return void socket.resetAndDestroy();
    const head = await readHead(socket);
    // One keeps its end open as long as allowed.
    if (i % 100 !== 2) socket.destroy();
    return head;
  }
  async function wrongs(count: number) {
    const texts = new Set<string | undefined>();
    for (let i = 0; i < count; i += 50)
      for (const head of await Promise.all(Array.from({ length: 50 }, (_, j) => wrong(i + j))))
        if (head) texts.add(head.split("\r\n")[0]);
    return [...texts].sort();
  }
  await wrongs(500);
  const before = held();
  expect(await wrongs(1_000)).toEqual([
    "HTTP/1.1 400 Invalid Request",
    "HTTP/1.1 401 Not Authorized",
    "HTTP/1.1 403 Forbidden",
  ]);
  await vi.waitFor(() => expect(held().sockets - before.sockets).toBeLessThan(8), 5_000);
  expect(held().heap - before.heap).toBeLessThan(3 * 1024 * 1024);
  const viewer = await connectThroughTunnel(url);
  await viewer.sees("Novaless:");
});

onLinux("one who asks and never reads, and one who never stops, harm nobody else", async () => {
  const { url, memory } = await startWithConsole();
  const viewer = connectWebSocket(url);
  await viewer.sees("web-1 login:");
  const before = memory();

  // 32 bits per pixel: a picture is a megabyte, and its request ten bytes.
  const never = await openConnectTunnel(url, `/console?token=${consoleTokenOf(url)}`);
  never.socket.pause();
  const format = Buffer.from([0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);
  for (const message of [...handshakeMessages.slice(0, 3), format]) never.socket.write(message);
  for (let i = 0; i < 100; i++) {
    never.socket.write(updateRequest(false));
    await new Promise((done) => setTimeout(done, 5));
  }

  const flood = await openConnectTunnel(url, `/console?token=${consoleTokenOf(url)}`);
  flood.socket.resume();
  for (const message of handshakeMessages) flood.socket.write(message);
  const much = keyEvents("abcdefghijklmnop".repeat(4_096));
  for (let i = 0; i < 32; i++) flood.socket.write(much);

  for (const word of ["one", "two", "three"]) {
    viewer.press(2);
    viewer.send(updateRequest(false));
    const seen = viewer.updates();
    await vi.waitFor(() => expect(viewer.updates(), word).toBeGreaterThan(seen), 5_000);
  }
  // Unread pictures are limited, so the viewer may stay.
  never.socket.write(updateRequest(false));
  expect(never.socket.destroyed).toBe(false);
  // Most of the sent data has not arrived.
  expect(flood.socket.writableLength).toBeGreaterThan(8 * 1024 * 1024);
  expect(memory() - before).toBeLessThan(64);
  flood.socket.destroy();
  never.socket.destroy();
});

test("stopping npm start closes its viewers' connections and ends", async () => {
  const { url, child } = await startWithConsole();
  const [one, other] = [connectWebSocket(url), await connectThroughTunnel(url)];
  await one.sees("Novaless:");
  await other.sees("Novaless:");
  const began = performance.now();
  const closed = once(one.ws, "close");
  child.kill("SIGTERM");
  const [[code], [exit]] = await Promise.all([closed, once(child, "exit")]);
  await other.ends();
  expect([code, exit]).toEqual([1005, 0]);
  // Keep-alive connections would delay the end by a minute.
  expect(performance.now() - began).toBeLessThan(10_000);
});

describe("while DynamoDB is unavailable", () => {
  const hasty = { maxAttempts: 1 };
  async function onFaultyEngine() {
    const engine = await faultyEngine(endpoint());
    const cloud = await startConsoleCloud(engine.endpoint, {}, hasty);
    const fail = (failures: EngineFailures) => engine.fail(failures);
    return { ...cloud, ...engine, fail };
  }

  test.each(["throttles", "breaks", "drops"] as const)(
    "as it %s: no viewer connects, open ones stay, and input ends its own connection",
    async (failure) => {
      const { url, at, act, fail, heal, pass } = await onFaultyEngine();
      const viewers = [connectWebSocket(await url()), connectWebSocket(await url())] as const;
      const [one, other] = viewers;
      for (const viewer of viewers) await viewer.sees("web-1 login:");
      const late = await url();
      expect(await act({ "os-stop": null })).toBe(202);
      await one.sees("The system will power off now!");

      fail({ "*": failure });
      pass(1_000);
      await one.sees("reboot: Power down");
      pass(3_000);
      const seen = one.updates();
      one.send(updateRequest(false));
      await vi.waitFor(() => expect(one.updates()).toBeGreaterThan(seen), 5_000);
      const ws = new WebSocket(socketUrl(late));
      const [, response] = await once(ws, "unexpected-response");
      expect([response.statusCode, response.headers["content-length"]]).toEqual([503, "0"]);
      expect((await openConnectTunnel(at, `/console?token=${consoleTokenOf(late)}`)).head).toMatch(
        / 503 /,
      );
      other.press(4);
      await other.ends();
      expect(one.isOpen()).toBe(true);

      heal();
      expect(await act({ "os-start": null })).toBe(202);
      pass(5_000);
      await one.sees(/^Novaless[\s\S]*web-1 login:/);
      one.type("root");
      await one.sees("web-1 login: root");
    },
  );
});
