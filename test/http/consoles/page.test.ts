import { describe, expect, test } from "vitest";
import { readConsoleOptions } from "../../../lambdas/http/console-options.ts";
import { startCloud } from "../../support/cloud.ts";
import { startWithConsolePages, withoutToken } from "../../support/console-pages.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const pages = [
  "/console",
  "/console/vnc_auto.html",
  "/console/vnc_lite.html",
  "/console/serial.html",
];

describe("tempest's contract for the page (test_novnc._validate_novnc_html)", () => {
  test.each(pages.slice(0, 3))("%s is a noVNC page with a script", async (path) => {
    const { call, novnc, xvpvnc } = await startWithConsolePages();
    for (const query of [novnc, xvpvnc]) {
      const { status, text } = await call("GET", path + query, withoutToken);
      expect(status).toBe(200);
      for (const part of [/<html\b/, /<\/html>/, /noVNC/, /<script\b/]) expect(text).toMatch(part);
    }
  });

  test("loading the page does not consume the token", async () => {
    const { call, novnc, commands } = await startWithConsolePages();
    commands.length = 0;
    for (const _ of Array(3))
      expect((await call("GET", `/console${novnc}`, withoutToken)).status).toBe(200);
    expect(new Set(commands)).toEqual(new Set(["GetItem"]));
  });
});

describe("the page of a token", () => {
  test.each(pages)(
    "%s shows a serial console as terminal, and any other with noVNC",
    async (path) => {
      const { call, novnc, serial } = await startWithConsolePages();
      const kind = async (query: string) =>
        /data-kind="(\w+)".*data-home="([^"]+)"/
          .exec((await call("GET", path + query, withoutToken)).text)
          ?.slice(1);
      expect(await kind(novnc)).toEqual(["vnc", "/console/vnc_auto.html"]);
      expect(await kind(serial)).toEqual(["serial", "/console/serial.html"]);
    },
  );

  test("has the server's name as title, escaped as HTML", async () => {
    const name = `<img src=x onerror="alert('1')">&amp;`;
    const { call, novnc, id } = await startWithConsolePages({ name });
    const { text } = await call("GET", `/console${novnc}`, withoutToken);
    expect(text).not.toContain("<img");
    expect(text).toContain(
      "<title>&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;amp;</title>",
    );
    expect(text).toContain(id);
  });

  test("contains nothing of its URL", async () => {
    const { call, xvpvnc } = await startWithConsolePages();
    const query = `${xvpvnc}&path=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&host=evil.example`;
    for (const path of pages) {
      const { text, status } = await call("GET", path + query, withoutToken);
      expect(status).toBe(200);
      expect(text).not.toMatch(/alert\(|evil/);
      expect(text).not.toContain(new URLSearchParams(xvpvnc).get("token"));
    }
  });

  test.each(pages)(
    "%s without a token is a reloaded page, and reads nothing from the table",
    async (path) => {
      const { call, commands } = await startCloud();
      const { status, text } = await call("GET", path, withoutToken);
      expect([status, commands]).toEqual([200, []]);
      expect(text).toMatch(/<script type="module"/);
      expect(text).toContain(`data-kind="${path.includes("serial") ? "serial" : "vnc"}"`);
    },
  );
});

describe("refusals", () => {
  const message = "This console address is not known, or its time has run out. Ask for a new one.";

  test.each(pages)(
    "%s: an unknown, expired and revoked token return identical 401 pages",
    async (path) => {
      const { call, id, novnc, pass, commands } = await startWithConsolePages();
      const refused = async (query: string) => {
        const { status, headers, text } = await call("GET", path + query, withoutToken);
        expect(status).toBe(401);
        expect(headers.get("www-authenticate")).toBeNull();
        expect(headers.get("cache-control")).toBe("no-store");
        return text;
      };
      const unknown = await refused("?token=1c7e4a56-3f0e-4d55-9f6e-6f0f0b7c9d10");
      expect(unknown).toContain(message);
      commands.length = 0;
      for (const query of ["?token=", "?token=1'2", "?path=", "?path=%3Ftoken%3D..%2F.."])
        expect(await refused(query)).toBe(unknown);
      expect(commands).toEqual([]);

      pass(600_000);
      expect(await refused(novnc)).toBe(unknown);
      const { url } = (
        await call("POST", `/servers/${id}/action`, {
          body: { "os-getVNCConsole": { type: "novnc" } },
        })
      ).json.console;
      expect((await call("DELETE", `/servers/${id}`)).status).toBe(204);
      expect(await refused(new URL(url).search)).toBe(unknown);
    },
  );

  test("a path without page returns 404, and only GET is allowed", async () => {
    const { call } = await startCloud();
    for (const path of ["/console/nothing.html", "/console/assets/", "/console/assets/a/b"])
      expect((await call("GET", path, withoutToken)).status).toBe(404);
    for (const path of ["/console/vnc_auto.html", "/console/assets/x.js"])
      for (const method of ["POST", "PUT", "DELETE"]) {
        const { status, headers } = await call(method, path, withoutToken);
        expect([status, headers.get("allow")]).toEqual([405, "GET"]);
      }
    expect((await call("HEAD", "/console/vnc_auto.html", withoutToken)).status).toBe(405);
  });
});

describe("settings", () => {
  test("a token is valid for the configured time, to the millisecond", async () => {
    const { settings } = (await startCloud()).environment;
    const lasting = { ...settings, ...readConsoleOptions({ CONSOLE_TOKEN_TTL: "7" }, "websocket") };
    const { call, table, pass } = await startCloud({ settings: lasting });
    const { id } = await seedServer(table, settledServer("active"));
    const body = { "os-getVNCConsole": { type: "novnc" } };
    const { url } = (await call("POST", `/servers/${id}/action`, { body })).json.console;
    const open = () => call("GET", `/console${new URL(url).search}`, withoutToken);
    pass(6_999);
    expect((await open()).status).toBe(200);
    pass(1);
    expect((await open()).status).toBe(401);
  });

  test("an invalid setting is refused when it is read", () => {
    expect(readConsoleOptions({}, "websocket")).toEqual({
      consoleTokenTtlMs: 600_000,
      consoleChannel: "websocket",
      consoleFrameAncestors: "'self'",
    });
    for (const env of [
      { CONSOLE_TOKEN_TTL: "0" },
      { CONSOLE_TOKEN_TTL: "-1" },
      { CONSOLE_TOKEN_TTL: "ten" },
      { CONSOLE_CHANNEL: "pigeon" },
      { CONSOLE_FRAME_ANCESTORS: "*; script-src *" },
      { CONSOLE_FRAME_ANCESTORS: "a\r\nb" },
    ])
      expect(() => readConsoleOptions(env, "exchange"), JSON.stringify(env)).toThrow(/^CONSOLE_/);
  });
});
