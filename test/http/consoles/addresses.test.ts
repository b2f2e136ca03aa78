import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { consoleAddress, consoleUrl } from "../../../lambdas/compute/dialects/nova/console-view.ts";
import { consoleTypes } from "../../../lambdas/compute/model/console-grant.ts";
import { deployedEnvironment } from "../../../lambdas/deployed/environment.ts";
import { consoleBases, readConsoleSettings } from "../../../lambdas/http/console-bases.ts";
import { readConsoleOptions } from "../../../lambdas/http/console-options.ts";
import type { ConsoleSettings } from "../../../lambdas/http/environment.ts";
import { dialectOf } from "../../../lambdas/services.ts";
import { startCloud } from "../../support/cloud.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const protocols = { novnc: "vnc", xvpvnc: "vnc", serial: "serial" } as const;

async function requestAddresses(
  environment: Record<string, string>,
  defaults?: ConsoleSettings["bases"],
) {
  const consoles = readConsoleSettings(environment, defaults);
  const settings = {
    scheme: "http",
    region: "RegionOne",
    softDelete: false,
    ...readConsoleOptions({}, "websocket"),
    consoles,
  } as const;
  const cloud = await startCloud({ settings });
  const { id } = await seedServer(cloud.table, settledServer("active"));
  const plain = (url: string) =>
    url.replace(cloud.at, "AT").replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "T");
  return {
    ...cloud,
    id,
    async nova(type: keyof typeof protocols) {
      const { json } = await cloud.call("POST", `/v2.1/servers/${id}/remote-consoles`, {
        headers: { "openstack-api-version": "compute 2.6" },
        body: { remote_console: { protocol: protocols[type], type } },
      });
      return plain(json.remote_console.url);
    },
    async rackspace(type: "novnc" | "xvpvnc") {
      const body = { "os-getVNCConsole": { type } };
      return plain((await cloud.call("POST", `/servers/${id}/action`, { body })).json.console.url);
    },
  };
}

describe("the origin of consoles", () => {
  test("defaults to that of the request", async () => {
    const { nova, rackspace } = await requestAddresses({ CONSOLES: "", NOVNCPROXY_BASE_URL: "" });
    expect([await nova("novnc"), await nova("xvpvnc")]).toEqual([
      "AT/console/vnc_auto.html?path=%3Ftoken%3DT",
      "AT/console?token=T",
    ]);
    expect(await nova("serial")).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/\?token=T$/);
    expect([await rackspace("novnc"), await rackspace("xvpvnc")]).toEqual([
      "AT/console?token=T",
      "AT/console?token=T",
    ]);
  });

  test("S1-13: CONSOLES sets another origin for all consoles, with its port", async () => {
    const { nova, rackspace } = await requestAddresses({ CONSOLES: "https://console.example.org" });
    expect([await nova("novnc"), await nova("serial"), await rackspace("novnc")]).toEqual([
      "https://console.example.org:443/console/vnc_auto.html?path=%3Ftoken%3DT",
      "wss://console.example.org:443/?token=T",
      "https://console.example.org:443/console?token=T",
    ]);
  });

  test("Nova's options each set the URL of one type and keep its query", async () => {
    const { nova, rackspace } = await requestAddresses({
      CONSOLES: "https://console.example.org:8443",
      NOVNCPROXY_BASE_URL: "http://vnc.example.org:6080/vnc_lite.html?scale=true&path=websockify",
      XVPVNCPROXY_BASE_URL: "http://xvp.example.org/console?zone=1",
      SERIAL_BASE_URL: "wss://serial.example.org",
    });
    expect([await nova("novnc"), await nova("xvpvnc"), await nova("serial")]).toEqual([
      "http://vnc.example.org:6080/vnc_lite.html?scale=true&path=websockify%3Ftoken%3DT",
      "http://xvp.example.org:80/console?zone=1&token=T",
      "wss://serial.example.org:443/?token=T",
    ]);
    expect(await rackspace("novnc")).toBe("http://xvp.example.org:80/console?zone=1&token=T");
  });

  test("may have a path: the serial page without WebSockets", async () => {
    const page = { serial: "/console/serial.html" };
    expect(await (await requestAddresses({}, page)).nova("serial")).toBe(
      "AT/console/serial.html?token=T",
    );
    const set = await requestAddresses({ SERIAL_BASE_URL: "ws://serial.example.org:6083/" }, page);
    expect(await set.nova("serial")).toBe("ws://serial.example.org:6083/?token=T");
  });

  test("a deployed function reads it from its environment, and serial consoles use a page", () => {
    vi.stubEnv("NOVNCPROXY_BASE_URL", "https://vnc.example.org/vnc.html");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { settings } = deployedEnvironment(dialectOf);
    expect(settings.consoles).toEqual({
      origin: null,
      bases: {
        novnc: "https://vnc.example.org/vnc.html",
        serial: "/console/serial.html",
      },
    });
  });

  test("an invalid setting is refused at the start", () => {
    for (const text of ["console.example.org", "//host", "host:443", "http://", "https://a b"])
      for (const name of ["CONSOLES", "NOVNCPROXY_BASE_URL", "SERIAL_BASE_URL"])
        expect(() => readConsoleSettings({ [name]: text })).toThrow(`${name} must be a URL`);
  });

  test("an invalid Host is ignored and breaks nothing", async () => {
    const { at, id, token } = await requestAddresses({});
    const body = JSON.stringify({ "os-getVNCConsole": { type: "novnc" } });
    for (const host of ["256.0.0.1", "web:99999", "1.2.3.4.5"]) {
      const { status, text } = await rawHttpRequest(at, "POST", `/servers/${id}/action`, {
        headers: { host, "x-auth-token": await token() },
        body,
      });
      expect([host, status]).toEqual([host, 200]);
      expect(JSON.parse(text).console.url).toContain("http://localhost:");
    }
  });

  test("property: for every base the URL has its port, path, query and one token", () => {
    const base = fc.record({
      scheme: fc.constantFrom("http", "https", "ws", "wss"),
      host: fc.constantFrom("c.example.org", "10.0.0.1", "[2001:db8::1]"),
      port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: null }),
      path: fc.constantFrom("", "/", "/console", "/a/b.html"),
      query: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.stringMatching(/^[a-z0-9 /?&=]*$/),
      ),
    });
    const types = Object.values(consoleTypes).flat();
    fc.assert(
      fc.property(base, fc.constantFrom(...types), fc.uuid(), (parts, type, token) => {
        const { scheme, host, port, path } = parts;
        const query = new URLSearchParams(parts.query);
        const origin = `${scheme}://${host}${port === null ? "" : `:${port}`}`;
        const search = query.size > 0 ? `?${query}` : "";
        const bases = consoleBases(
          { origin: null, bases: { [type]: `${origin}${path}${search}` } },
          "http://elsewhere:1",
        );

        const url = consoleUrl(bases, type, token);

        const expected = port ?? (scheme.endsWith("s") && scheme !== "ws" ? 443 : 80);
        expect(url.startsWith(`${scheme}://${host}:${expected}${path || "/"}?`)).toBe(true);
        expect(consoleAddress(bases, type)).toEqual({ host, port: expected });
        const { searchParams } = new URL(url);
        const named = type === "novnc" ? "path" : "token";
        expect(searchParams.get(named)).toBe(
          type === "novnc" ? `${query.get("path") ?? ""}?token=${token}` : token,
        );
        searchParams.delete(named);
        query.delete(named);
        expect([...searchParams]).toEqual([...query]);
      }),
    );
  });

  test("E-33: the token is found in a path too", async () => {
    const { at, id, call } = await requestAddresses({});
    const body = { "os-getVNCConsole": { type: "novnc" } };
    const { json } = await call("POST", `/servers/${id}/action`, { body });
    const token = new URL(json.console.url).searchParams.get("token");
    for (const path of [`?token=${token}`, `/?token=${token}`, `websockify?token=${token}`])
      expect((await fetch(`${at}/console?path=${encodeURIComponent(path)}`)).status).toBe(200);
  });
});
