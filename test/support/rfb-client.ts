import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import { screenHeightPx, screenWidthPx } from "../../lambdas/console/model/pixels.ts";
import { linesFromPixels } from "./screen-text.ts";

export const consoleTokenOf = (url: string): string =>
  /token(?:=|%3D)([^&]*)$/.exec(url)?.[1] ?? "";

export const socketUrl = (url: string): string =>
  `${new URL(url).origin.replace("http", "ws")}/?token=${consoleTokenOf(url)}`;

const u16 = (value: number) => [value >> 8, value & 0xff];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** The first viewer messages: RFB 3.8, None, shared; 8 bits per pixel, Raw. */
export const handshakeMessages = [
  Buffer.from("RFB 003.008\n"),
  Buffer.from([1]),
  Buffer.from([1]),
  Buffer.from([0, 0, 0, 0, 8, 8, 0, 1, 0, 7, 0, 7, 0, 3, 0, 3, 6, 0, 0, 0]),
  Buffer.from([2, 0, ...u16(2), ...u32(0), ...u32(-309)]),
];

export const updateRequest = (incremental: boolean) =>
  Buffer.from([
    3,
    incremental ? 1 : 0,
    ...u16(0),
    ...u16(0),
    ...u16(screenWidthPx),
    ...u16(screenHeightPx),
  ]);

/** Presses and releases each key; "\n" is Enter. */
export const keyEvents = (text: string): Buffer =>
  Buffer.concat(
    [...text].flatMap((char) => {
      const symbol = char === "\n" ? 0xff0d : char.charCodeAt(0);
      return [1, 0].map((down) => Buffer.from([4, down, 0, 0, ...u32(symbol)]));
    }),
  );

/** A power button (xvp): 2 shuts down, 3 reboots, 4 resets. */
export const powerMessage = (code: 2 | 3 | 4): Buffer => Buffer.from([250, 0, 1, code]);

/** Milliseconds. */
const waitOptions = { timeout: 8_000, interval: 5 };

interface ByteChannel {
  send(bytes: Uint8Array): void;
  end(): void;
  onBytes(take: (bytes: Buffer) => void): void;
}

function createViewer(channel: ByteChannel) {
  const pixels = new Uint8Array(screenWidthPx * screenHeightPx);
  let unread = Buffer.alloc(0);
  let isOpen = true;
  let handshakeStep = 0;
  let refusals = 0;
  let updates = 0;

  channel.onBytes((bytes) => {
    unread = Buffer.concat([unread, bytes]);
    for (let took = processMessage(); took > 0; took = processMessage())
      unread = unread.subarray(took);
  });

  /** The length of the first message; 0 if incomplete. */
  function processMessage(): number {
    const minLength = [12, 2, 4, 24][handshakeStep];
    if (minLength !== undefined) {
      const name = handshakeStep === 3 && unread.length >= minLength ? unread.readUInt32BE(20) : 0;
      if (unread.length < minLength + name) return 0;
      const replies = handshakeStep < 3 ? [handshakeStep] : [3, 4];
      for (const i of replies) channel.send(handshakeMessages[i] ?? Buffer.alloc(0));
      if (handshakeStep++ === 3) channel.send(updateRequest(false));
      return minLength + name;
    }
    if (unread[0] === 250) {
      if (unread.length < 4) return 0;
      if (unread[3] === 0) refusals++;
      return 4;
    }
    return unread[0] === 0 ? processUpdate() : 0;
  }

  function processUpdate(): number {
    if (unread.length < 4) return 0;
    let at = 4;
    const rectangles: { x: number; y: number; w: number; h: number; at: number }[] = [];
    for (let i = 0; i < unread.readUInt16BE(2); i++) {
      if (unread.length < at + 12) return 0;
      const [x = 0, y = 0, w = 0, h = 0] = [0, 2, 4, 6].map((of) => unread.readUInt16BE(at + of));
      rectangles.push({ x, y, w, h, at: at + 12 });
      at += 12 + w * h;
      if (unread.length < at) return 0;
    }
    for (const { x, y, w, h, at: from } of rectangles)
      for (let row = 0; row < h; row++)
        pixels.set(
          unread.subarray(from + row * w, from + (row + 1) * w),
          (y + row) * screenWidthPx + x,
        );
    updates++;
    channel.send(updateRequest(true));
    return at;
  }

  let read = { updates: -1, lines: [] as string[] };
  /** Decoded only after changes. */
  function lines() {
    if (read.updates !== updates)
      read = { updates, lines: linesFromPixels((x, y) => pixels[y * screenWidthPx + x] !== 0) };
    return read.lines;
  }
  return {
    lines,
    text: () => lines().join("\n"),
    type: (text: string) => channel.send(keyEvents(text)),
    press: (code: 2 | 3 | 4) => channel.send(powerMessage(code)),
    send: (bytes: Uint8Array) => channel.send(bytes),
    end: () => channel.end(),
    closed() {
      isOpen = false;
    },
    isOpen: () => isOpen,
    refusals: () => refusals,
    updates: () => updates,
    sees: (what: string | RegExp) =>
      vi.waitFor(() => expect(lines().join("\n")).toMatch(what), waitOptions),
    ends: () => vi.waitFor(() => expect(isOpen).toBe(false), waitOptions),
  };
}

export type RfbClient = ReturnType<typeof createViewer>;

export function connectWebSocket(url: string, options: { readonly autoPong?: boolean } = {}) {
  const ws = new WebSocket(socketUrl(url), options);
  ws.on("error", () => {});
  onTestFinished(() => ws.terminate());
  const waiting: Uint8Array[] = [];
  ws.on("open", () => {
    for (const bytes of waiting.splice(0)) ws.send(bytes);
  });
  const client = createViewer({
    send: (bytes) => (ws.readyState === ws.OPEN ? ws.send(bytes) : waiting.push(bytes)),
    end: () => ws.terminate(),
    onBytes: (take) => ws.on("message", (data: Buffer) => take(data)),
  });
  ws.on("close", client.closed);
  return Object.assign(client, { ws });
}

export async function openConnectTunnel(url: string, target: string) {
  const socket = openSocket(url);
  socket.write(`CONNECT ${target} HTTP/1.0\r\n\r\n`);
  const head = await readHead(socket);
  return { socket, head };
}

export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** A response's head; the rest is put back. */
export async function readHead(socket: Socket): Promise<string> {
  let got = Buffer.alloc(0);
  for (;;) {
    const end = got.indexOf("\r\n\r\n");
    if (end >= 0) {
      if (got.length > end + 4) socket.unshift(got.subarray(end + 4));
      return got.subarray(0, end).toString();
    }
    const chunk: Buffer | null = socket.read();
    if (chunk) got = Buffer.concat([got, chunk]);
    else if (socket.readableEnded || socket.destroyed) return got.toString();
    else await Promise.race([once(socket, "readable"), once(socket, "close")]);
  }
}

/** A viewer like the documents' Java viewer: CONNECT with a path, then RFB. */
export async function connectThroughTunnel(url: string) {
  const { socket, head } = await openConnectTunnel(url, `/console?token=${consoleTokenOf(url)}`);
  if (!head.startsWith("HTTP/1.1 200 ")) throw new Error(head);
  return connectOverSocket(socket);
}

/** A native viewer: RFB from the first byte. */
export function connectOverSocket(socket: Socket) {
  const client = createViewer({
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    onBytes: (take) => socket.on("data", take),
  });
  socket.on("close", client.closed);
  return Object.assign(client, { socket });
}
