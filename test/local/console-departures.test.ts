import { once } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import {
  connectThroughTunnel,
  consoleTokenOf,
  openConnectTunnel,
  openSocket,
  socketUrl,
} from "../support/rfb-client.ts";

const endpoint = useOwnEngine();

describe("a departed viewer", () => {
  /** Its place is free when another eighth viewer connects. */
  async function full() {
    const cloud = await startConsoleCloud(endpoint());
    const at = await cloud.url();
    const others = await Promise.all(Array.from({ length: 7 }, () => connectThroughTunnel(at)));
    await Promise.all(others.map((other) => other.sees("login:")));
    const target = `/console?token=${consoleTokenOf(at)}`;
    const isFree = () =>
      vi.waitFor(
        async () => expect((await openConnectTunnel(at, target)).head).toMatch(/ 200 /),
        5_000,
      );
    return { ...cloud, at, target, isFree };
  }

  test("is noticed when it closes only its own end, as native viewers do", async () => {
    const { at, target, isFree } = await full();
    const { socket } = await openConnectTunnel(at, target);
    expect((await openConnectTunnel(at, target)).head).toMatch(/ 409 /);
    socket.end();
    await isFree();
  });

  test("is noticed when it resets its connection during the token check", async () => {
    const { at, target, isFree } = await full();
    for (let i = 0; i < 20; i++) {
      const socket = openSocket(at);
      await once(socket, "connect");
      socket.write(`CONNECT ${target} HTTP/1.0\r\n\r\n`);
      setImmediate(() => socket.resetAndDestroy());
      await once(socket, "close");
    }
    await isFree();
  });

  test("is noticed when it answers no ping", async () => {
    const { at, target, isFree } = await full();
    vi.useFakeTimers({ toFake: ["setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const ws = new WebSocket(socketUrl(at), { autoPong: false });
    onTestFinished(() => ws.terminate());
    await once(ws, "message");
    const pinged = once(ws, "ping");
    vi.advanceTimersByTime(30_000);
    await pinged;
    expect((await openConnectTunnel(at, target)).head).toMatch(/ 409 /);
    vi.advanceTimersByTime(30_000);
    await once(ws, "close");
    vi.useRealTimers();
    await isFree();
  });

  test("is noticed when it never sends its handshake", async () => {
    const { at, target, isFree } = await full();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { socket } = await openConnectTunnel(at, target);
    socket.resume();
    vi.advanceTimersByTime(29_999);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    await once(socket, "close");
    vi.useRealTimers();
    await isFree();
  });
});
