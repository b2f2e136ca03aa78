import { describe, expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { startWithConsolePages, withoutToken } from "../../support/console-pages.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";

describe("the headers of a page", () => {
  const policyOf = (headers: Headers) =>
    Object.fromEntries(
      (headers.get("content-security-policy") ?? "").split("; ").map((one) => {
        const [name = "", ...values] = one.split(" ");
        return [name, values.join(" ")];
      }),
    );

  test("allow only own scripts and the own host, and forbid caching", async () => {
    const { call, at, novnc, serial } = await startWithConsolePages();
    const { headers } = await call("GET", `/console${novnc}`, withoutToken);
    expect(policyOf(headers)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "connect-src": `'self' ${at.replace("http", "ws")}`,
      "img-src": "data: blob:",
      "frame-ancestors": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
    });
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
    const terminal = await call("GET", `/console${serial}`, withoutToken);
    expect(policyOf(terminal.headers)).toEqual({
      ...policyOf(headers),
      "style-src": "'self' 'unsafe-inline'",
    });
  });

  test("the page has no inline script and refers to no other host", async () => {
    const { call, novnc, serial } = await startWithConsolePages();
    for (const query of [novnc, serial]) {
      const { text } = await call("GET", `/console${query}`, withoutToken);
      for (const [, inner = ""] of text.matchAll(/<script[^>]*>(.*?)<\/script>/gs))
        expect(inner).toBe("");
      expect(text).not.toMatch(/\son\w+=|\sstyle=|https?:|\/\/[a-z]/i);
    }
  });

  test("behind a proxy WebSockets use the proxy's host, and a setting allows framing", async () => {
    const here = await startCloud();
    const { call } = await startCloud({
      settings: {
        ...here.environment.settings,
        consoleFrameAncestors: "https://dashboard.example",
      },
    });
    const proxied = { host: "api.example:8443", "x-forwarded-proto": "https" };
    const { headers } = await call("GET", "/console", { ...withoutToken, headers: proxied });
    expect(policyOf(headers)).toMatchObject({ "frame-ancestors": "https://dashboard.example" });
    const { header } = await rawHttpRequest(here.at, "GET", "/console", { headers: proxied });
    expect(header("content-security-policy")).toContain(
      "connect-src 'self' wss://api.example:8443;",
    );
  });

  test("a page for exchange allows no WebSocket", async () => {
    const here = await startCloud();
    const { call } = await startCloud({
      settings: { ...here.environment.settings, consoleChannel: "exchange" },
    });
    const { headers, text } = await call("GET", "/console", withoutToken);
    expect(policyOf(headers)).toMatchObject({ "connect-src": "'self'" });
    expect(text).toContain('data-channel="exchange"');
  });
});
