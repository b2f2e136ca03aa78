import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import { readResponse, upgradeRequest } from "../support/console-upgrade.ts";
import {
  connectWebSocket,
  consoleTokenOf,
  openConnectTunnel,
  openSocket,
  readHead,
} from "../support/rfb-client.ts";

const endpoint = useOwnEngine();

describe("a console's origin (CVE-2015-0259)", () => {
  test.each([
    ["none", undefined, 101],
    ["the host's, with its port", (at: string) => at, 101],
    ["that of the address consoles are handed out with", () => "https://proxy.example", 101],
    ["that of the page noVNC's consoles have", () => "http://vnc.example:6080", 101],
    ["another port's", (at: string) => at.replace(/\d+$/, "1"), 403],
    ["another host's", () => "http://evil.example", 403],
    ["one that begins like it", (at: string) => `${at}.evil.example`, 403],
    ["no origin's, as a sandbox has", () => "null", 403],
    ["a file's", () => "file://", 403],
  ])("%s", async (_, originOf, status) => {
    const { url, at, environment } = await startConsoleCloud(endpoint());
    const bases = { novnc: "http://vnc.example:6080/vnc_auto.html" };
    const consoles = { origin: "https://proxy.example:443", bases };
    Object.assign(environment.settings, { consoles });
    const origin = originOf?.(at);
    const path = `/?token=${consoleTokenOf(await url())}`;
    const clientRequest = request(at + path, {
      headers: {
        connection: "upgrade",
        upgrade: "websocket",
        "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==",
        "sec-websocket-version": "13",
        ...(origin !== undefined && { origin }),
      },
    }).end();
    const outcome = await Promise.race([
      once(clientRequest, "upgrade"),
      once(clientRequest, "response"),
    ]);
    expect(outcome[0].statusCode).toBe(status);
    clientRequest.destroy();
  });
});

describe("a console's token", () => {
  const opens = async (url: string) =>
    (await openConnectTunnel(url, `/console?token=${consoleTokenOf(url)}`)).head.includes(" 200 ");

  test.each([
    [-1, true],
    [0, false],
    [1, false],
  ])("%i ms after it expires: it opens is %s", async (milliseconds, is) => {
    const { url, pass } = await startConsoleCloud(endpoint());
    const at = await url();
    pass(600_000 + milliseconds);
    expect(await opens(at)).toBe(is);
    const socket = openSocket(at);
    socket.write(upgradeRequest(`/?token=${consoleTokenOf(at)}`));
    expect(await readHead(socket)).toMatch(is ? /^HTTP\/1\.1 101 / : /^HTTP\/1\.1 403 /);
  });

  test("can be used repeatedly, until its server is deleted", async () => {
    const { url, call, server } = await startConsoleCloud(endpoint());
    const at = await url();
    expect([await opens(at), await opens(at), await opens(at)]).toEqual([true, true, true]);
    await call("DELETE", `/v2.1/servers/${server.id}`);
    expect(await opens(at)).toBe(false);
  });

  test("of another server opens that server, whatever the rest of the URL", async () => {
    const { url, another } = await startConsoleCloud(endpoint());
    const { id } = await another({ name: "web-2" });
    const at = await url("novnc", id);
    const viewer = connectWebSocket(at.replace("?", `?server=web-1&`));
    await viewer.sees("web-2 login:");
  });

  test("that is no UUID costs no read", async () => {
    const { url, commands } = await startConsoleCloud(endpoint());
    const at = await url();
    commands.length = 0;
    for (const bad of [
      "bad",
      `${consoleTokenOf(at)}0`,
      `${consoleTokenOf(at)}%00`,
      "%27OR%201",
      "x".repeat(2_000),
    ]) {
      expect((await openConnectTunnel(at, `/console?token=${bad}`)).head).toMatch(/401/);
      expect(await readResponse(at, upgradeRequest(`/?token=${bad}`))).toMatch(/403/);
    }
    expect(commands).toEqual([]);
  });
});
