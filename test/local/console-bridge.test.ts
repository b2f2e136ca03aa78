import { once } from "node:events";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { clientVariables } from "../../infra/local/client-exports.ts";
import type { EnvironmentVariables } from "../../infra/local/cloud-login.ts";
import { createConsoleBridge, filterInput } from "../../infra/local/console-bridge.ts";
import { consoleOpener } from "../../infra/local/server-console.ts";
import { maxViewers } from "../../lambdas/console/model/console-session.ts";
import { newRfbConnection, receiveRfb } from "../../lambdas/console/model/rfb-connection.ts";
import type { RfbConnection } from "../../lambdas/console/model/rfb-state.ts";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import {
  connectOverSocket,
  handshakeMessages,
  keyEvents,
  openSocket,
  updateRequest,
} from "../support/rfb-client.ts";

const endpoint = useOwnEngine();

const timing = {
  poll: { first: 20, last: 500 },
  retry: { first: 5, last: 20 },
  patience: 2_000,
};

async function startBridge(over: Partial<{ fetch: typeof fetch; env: EnvironmentVariables }> = {}) {
  const cloud = await startConsoleCloud(endpoint());
  const env = { ...clientVariables(cloud.at), ...over.env };
  const open = await consoleOpener(env, cloud.server.name);
  const output: string[] = [];
  const how = { pace: timing, ...(over.fetch && { fetch: over.fetch }) };
  const bridge = createConsoleBridge(open, (line) => void output.push(line), how);
  bridge.listen(0, "127.0.0.1");
  await once(bridge, "listening");
  onTestFinished(() => void bridge.close());
  const port = (bridge.address() as AddressInfo).port;
  return {
    ...cloud,
    output,
    viewer: () => connectOverSocket(openSocket(`http://127.0.0.1:${port}`)),
  };
}

describe("a bridge for native viewers", () => {
  test("shows the screen and types keys", async () => {
    const { viewer } = await startBridge();
    const one = viewer();
    await one.sees("web-1 login:");
    one.type("root\nsecret\necho Hello, World_42 | $HOME {~}\n");
    await one.sees("\nHello, World_42 | $HOME {~}\n");
    expect(one.text()).not.toContain("secret");
  });

  test("accepts viewers with a console each, and gives the reason when full", async () => {
    const { viewer, output } = await startBridge();
    const viewers = [];
    while (viewers.length < maxViewers) {
      const next = viewer();
      await next.sees("login:");
      viewers.push(next);
    }
    viewers[0]?.type("root\n");
    for (const each of viewers) await each.sees("login: root");

    const last = viewer();
    await last.ends();
    expect(output).toEqual(["The console has as many viewers as it takes."]);
  });

  test("types each key once and in order despite lost and late responses", async () => {
    let requestCount = 0;
    const lossy: typeof fetch = async (...request) => {
      const kind = requestCount++ % 5;
      if (kind === 1) throw new TypeError("no way there");
      const answer = await fetch(...request);
      if (kind === 3) throw new TypeError("no way back");
      return kind === 4 ? new Response(null, { status: 503 }) : answer;
    };
    const { viewer } = await startBridge({ fetch: lossy });
    const one = viewer();
    await one.sees("login:");
    one.type("root\n\n");
    await one.sees(":~#");
    const text = "the quick brown fox jumps over the lazy dog 0123456789";
    one.type("echo ");
    for (const char of text) {
      one.type(char);
      await new Promise((done) => setTimeout(done, 3));
    }
    one.type("\n");
    await one.sees(`\n${text}\n`);
    expect(requestCount).toBeGreaterThan(10);
  });

  test("shows the server going down and up, and ends with it", async () => {
    const { viewer, act, pass, call, server, output } = await startBridge();
    const one = viewer();
    await one.sees("login:");
    await act({ "os-stop": null });
    pass(1_000);
    await one.sees("Power down");
    await act({ "os-start": null });
    pass(60_000);
    await one.sees(/^(?![\s\S]*Power down)[\s\S]*login:/);
    await call("DELETE", `/v2.1/servers/${server.id}`);
    await one.ends();
    expect(output).toEqual([
      "The console has ended: its server is gone, or its consoles were revoked.",
    ]);
  });

  test("logs in again for new viewers when its token expires", async () => {
    const { viewer, pass } = await startBridge();
    await viewer().sees("login:");
    pass(86_400_001);
    await viewer().sees("login:");
  });

  test("closes a connection that is no viewer, and no other", async () => {
    const { viewer, output } = await startBridge();
    const one = viewer();
    await one.sees("login:");
    const other = viewer();
    other.send(Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await other.ends();
    expect(output).toEqual(["What connected is no VNC viewer."]);
    one.type("root\n");
    await one.sees("login: root");
  });

  test("sends nothing for pointer moves, key releases and the clipboard", async () => {
    let messages = 0;
    const counted: typeof fetch = (url, how) => {
      if (new Headers(how?.headers).get("x-console-message") !== "0") messages++;
      return fetch(url, how);
    };
    const { viewer } = await startBridge({ fetch: counted });
    const one = viewer();
    await one.sees("login:");
    // The viewer has requested the next update.
    await new Promise((done) => setTimeout(done, 100));
    const before = messages;
    const clipboard = Buffer.from([6, 0, 0, 0, 0, 0, 0, 3, 0x61, 0x62, 0x63]);
    for (let i = 0; i < 50; i++) one.send(Buffer.from([5, 0, 0, i, 0, i]));
    one.send(Buffer.concat([clipboard, keyEvents("x").subarray(8)]));
    one.type("r");
    await one.sees("login: r");
    // The key, and the request for the next update.
    await vi.waitFor(() => expect(messages - before).toBe(2), { timeout: 2_000 });
  });
});

test("property: messages not forwarded would change nothing, however they are split", () => {
  const heardWhole = (bytes: Uint8Array) => receiveRfb(newRfbConnection, bytes, "web-1");
  const key = fc.tuple(
    fc.boolean(),
    fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.constantFrom(0xffe3, 0xffe9, 0xff0d, 0xffff)),
  );
  const message = fc.oneof(
    key.map(([down, symbol]) =>
      Buffer.from([4, down ? 1 : 0, 0, 0, 0, 0, symbol >> 8, symbol & 0xff]),
    ),
    fc.constant(Buffer.from([5, 1, 0, 9, 0, 9])),
    fc
      .uint8Array({ maxLength: 20 })
      .map((text) => Buffer.from([6, 0, 0, 0, 0, 0, 0, text.length, ...text])),
    fc.boolean().map(updateRequest),
  );
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat(40)), (messages, cuts) => {
      const stream = Buffer.concat([...handshakeMessages, ...messages]);
      let output: { rfb: RfbConnection; incomplete: Uint8Array } = {
        rfb: newRfbConnection,
        incomplete: new Uint8Array(),
      };
      const received: Uint8Array[] = [];
      for (let at = 0, i = 0; at < stream.length; i++) {
        const size = (cuts[i % Math.max(cuts.length, 1)] ?? 7) + 1;
        const next = filterInput(output, stream.subarray(at, at + size));
        received.push(next.forwarded);
        output = next;
        at += size;
      }
      expect(output.incomplete).toHaveLength(0);
      expect(heardWhole(Buffer.concat(received))).toEqual(heardWhole(stream));
    }),
  );
});
