import { once } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startTime } from "../support/cloud.ts";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import {
  connectThroughTunnel,
  connectWebSocket,
  consoleTokenOf,
  handshakeMessages,
  keyEvents,
  openConnectTunnel,
  updateRequest,
} from "../support/rfb-client.ts";

const endpoint = useOwnEngine();

test("two viewers see the same for either's input, and the log contains it", async () => {
  const { url, act, call, server } = await startConsoleCloud(endpoint());
  const one = connectWebSocket(await url("novnc"));
  const other = await connectThroughTunnel(await url("xvpvnc"));
  await one.sees("web-1 login:");
  one.type("root\nsecret\n");
  await other.sees("root@web-1:~#");
  other.type("echo Hello, World_42 | $HOME {~}\n");
  await one.sees("\nHello, World_42 | $HOME {~}\n");
  await other.sees("\nHello, World_42 | $HOME {~}\n");
  expect(other.lines()).toEqual(one.lines());
  expect(one.text()).not.toContain("secret");
  expect(await act({ "os-getConsoleOutput": {} })).toBe(200);
  const { json } = await call("POST", `/v2.1/servers/${server.id}/action`, {
    body: { "os-getConsoleOutput": { length: 3 } },
  });
  expect(json.output).toContain("\nHello, World_42 | $HOME {~}\nroot@web-1:~# ");
});

test("a viewer by exchange and one by WebSocket see each other's input", async () => {
  const { url, call } = await startConsoleCloud(endpoint());
  const one = connectWebSocket(await url());
  await one.sees("web-1 login:");

  let [session, seen, number] = [consoleTokenOf(await url()), "0", 0];
  const exchange = async (...messages: Buffer[]) => {
    const body = Buffer.concat(messages);
    const { status, headers, text } = await call("POST", "/console/exchange", {
      as: null,
      body,
      headers: {
        authorization: `Bearer ${session}`,
        "content-type": "application/octet-stream",
        "x-console-viewer": "5f5ddc74-6ba9-4b2c-95a3-3dc8a9ba0ed7",
        "x-console-message": String(body.length > 0 ? ++number : 0),
        "x-console-seen": seen,
      },
    });
    session = headers.get("x-console-session") ?? session;
    seen = headers.get("x-console-seen") ?? seen;
    return { status, text };
  };
  await exchange(...handshakeMessages, updateRequest(false));
  expect((await exchange(keyEvents("ro"), updateRequest(true))).status).toBe(200);
  await one.sees("web-1 login: ro");
  one.type("ot\n");
  await one.sees("Password:");
  expect((await exchange(updateRequest(true))).text.length).toBeGreaterThan(640);
  await exchange(keyEvents("x\nwhoami\n"));
  await one.sees("\nroot\nroot@web-1:~#");
});

describe("an open console", () => {
  test("shows stop and start as they happen, and outlives its token", async () => {
    const { url, act, pass } = await startConsoleCloud(endpoint());
    const viewer = connectWebSocket(await url());
    await viewer.sees("web-1 login:");
    expect(await act({ "os-stop": null })).toBe(202);
    await viewer.sees("The system will power off now!");
    pass(1_000);
    await viewer.sees("reboot: Power down");
    pass(700_000);
    viewer.type("unheard");
    expect(await act({ "os-start": null })).toBe(202);
    pass(1_000);
    await viewer.sees(/^Novaless: this is a simulated guest/);
    expect(viewer.text()).not.toContain("login:");
    pass(3_000);
    await viewer.sees("web-1 login:");
    expect(viewer.text()).not.toContain("unheard");
    viewer.type("root");
    await viewer.sees("web-1 login: root");
  });

  test("shows a scheduled screen change when it is due, before the next poll", async () => {
    const began = performance.now();
    const { url, act } = await startConsoleCloud(endpoint(), {
      now: () => startTime + performance.now() - began,
    });
    const viewer = connectWebSocket(await url());
    await viewer.sees("web-1 login:");
    const late: number[] = [];
    const requestedAt = performance.now();
    expect(await act({ "os-stop": null })).toBe(202);
    const answered = performance.now();
    await viewer.sees("The system will power off now!");
    late.push(performance.now() - answered);
    await viewer.sees("reboot: Power down");
    late.push(performance.now() - requestedAt - 1_000);
    // Within 100 ms on an idle machine; polls are two seconds apart.
    expect(Math.max(...late)).toBeLessThan(1_000);
  });

  test("has power buttons that act like the API, and report refusals", async () => {
    const { url, call, pass, server } = await startConsoleCloud(endpoint());
    const viewer = await connectThroughTunnel(await url("xvpvnc"));
    await viewer.sees("web-1 login:");
    const task = async () =>
      (await call("GET", `/v2.1/servers/${server.id}`)).json.server["OS-EXT-STS:task_state"];
    viewer.press(3);
    await viewer.sees("The system will reboot now!");
    expect(await task()).toBe("rebooting");
    pass(10_000);
    viewer.press(2);
    await viewer.sees("The system will power off now!");
    pass(1_000);
    await viewer.sees("reboot: Power down");
    viewer.press(2);
    await vi.waitFor(() => expect(viewer.refusals()).toBe(1));
    viewer.press(4);
    await vi.waitFor(async () => expect(await task()).toBe("rebooting_hard"));
    pass(1_000);
    await viewer.sees(/^Novaless: this is a simulated guest/);
    expect(viewer.refusals()).toBe(1);
  });

  test("stops the server when its user types poweroff", async () => {
    const { url, call, pass, server } = await startConsoleCloud(endpoint());
    const viewer = connectWebSocket(await url());
    await viewer.sees("web-1 login:");
    viewer.type("root\nx\npoweroff\n");
    await viewer.sees("The system will power off now!");
    pass(1_000);
    const { json } = await call("GET", `/v2.1/servers/${server.id}`);
    expect(json.server.status).toBe("SHUTOFF");
  });

  test("ends at once for every viewer when its server is deleted, and no other does", async () => {
    const { url, call, another, server } = await startConsoleCloud(endpoint());
    const { id } = await another({ name: "web-2" });
    const serial = new WebSocket(await url("serial"));
    const [one, other] = [
      connectWebSocket(await url()),
      await connectThroughTunnel(await url("xvpvnc")),
    ];
    const neighbour = connectWebSocket(await url("novnc", id));
    await Promise.all([one.sees("login:"), other.sees("login:"), neighbour.sees("login:")]);
    const ended = once(serial, "close");
    expect((await call("DELETE", `/v2.1/servers/${server.id}`)).status).toBe(204);
    await Promise.all([one.ends(), other.ends(), ended]);
    neighbour.type("root");
    await neighbour.sees("web-2 login: root");
  });

  test("of a new server shows its boot", async () => {
    const { call, url, pass } = await startConsoleCloud(endpoint());
    const { json } = await call("POST", "/v2.1/servers", {
      body: {
        server: {
          name: "new",
          flavorRef: "1",
          imageRef: "70a599e0-31e7-49b7-b260-868f441e862b",
        },
      },
    });
    pass(1_000);
    const viewer = connectWebSocket(await url("novnc", json.server.id));
    await viewer.sees(/^Novaless: this is a simulated guest/);
    expect(viewer.text()).not.toContain("EXT4-fs");
    pass(1_000);
    await viewer.sees("EXT4-fs");
    expect(viewer.text()).not.toContain("login:");
    pass(2_000);
    await viewer.sees("new login:");
  });
});

describe("eight viewers", () => {
  test("connect, and a ninth is refused until one leaves", async () => {
    const { url, another } = await startConsoleCloud(endpoint());
    const at = await url("xvpvnc");
    const viewers = await Promise.all(Array.from({ length: 8 }, () => connectThroughTunnel(at)));
    await Promise.all(viewers.map((viewer) => viewer.sees("web-1 login:")));
    const ninth = async () =>
      (await openConnectTunnel(at, `/console?token=${consoleTokenOf(at)}`)).head;
    expect(await ninth()).toMatch(/^HTTP\/1\.1 409 Conflict/);
    const ws = new WebSocket(
      `${new URL(at).origin.replace("http", "ws")}/?token=${consoleTokenOf(at)}`,
    );
    const [, response] = await once(ws, "unexpected-response");
    expect([response.statusCode, response.headers["content-length"]]).toEqual([409, "0"]);
    const elsewhere = connectWebSocket(await url("novnc", (await another()).id));
    await elsewhere.sees("login:");

    viewers[0]?.end();
    await vi.waitFor(async () => expect(await ninth()).toMatch(/^HTTP\/1\.1 200 OK/));
    viewers[1]?.type("root");
    await viewers[7]?.sees("web-1 login: root");
  });
});
