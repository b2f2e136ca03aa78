import { crc32, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bootText } from "../../../lambdas/compute/model/guest-boot-log.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { toBitmap, wholeScreen } from "../../../lambdas/console/model/pixels.ts";
import { blankScreen, screenToText, writeText } from "../../../lambdas/console/model/screen.ts";
import { encoding, rfbMessages } from "../../support/rfb-viewer.ts";
import { startWithServer } from "../../support/with-server.ts";

async function startWithScreen(over: Partial<Server> = {}) {
  const cloud = await startWithServer(over);
  const { json } = await cloud.act({ "os-getVNCConsole": { type: "xvpvnc" } });
  const token = new URL(json.console.url).searchParams.get("token") ?? "";
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(cloud.at + path, { headers: { connection: "close", ...headers } });
  return {
    ...cloud,
    token,
    get,
    text: async () => (await get(`/console/screen.txt?token=${token}`)).text(),
    async picture() {
      const answer = await get(`/console/screen.png?token=${token}`);
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}

function decodePng(png: Buffer) {
  expect(png.subarray(0, 8)).toEqual(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  const chunks: [string, Buffer][] = [];
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    chunks.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, end)]);
    at = end + 4;
  }
  expect(chunks.map(([type]) => type)).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  const [header, colors, data] = chunks.map(([, each]) => each);
  const rows = inflateSync(data ?? Buffer.alloc(0));
  const bits = Array.from({ length: rows.length / 81 }, (_, y) => {
    expect(rows[y * 81]).toBe(0);
    return rows.subarray(y * 81 + 1, (y + 1) * 81);
  });
  return { header: [...(header ?? [])], colors: [...(colors ?? [])], bits: Buffer.concat(bits) };
}

describe("a snapshot of a console's screen", () => {
  test("is the screen's text, or a PNG of its pixels", async () => {
    const { server, now, text, picture } = await startWithScreen();
    const screen = writeText(blankScreen, bootText(server, now()));
    expect(await text()).toBe(screenToText(screen));
    const { header, colors, bits } = decodePng(await picture());
    expect(header).toEqual([0, 0, 2, 128, 0, 0, 1, 128, 1, 3, 0, 0, 0]);
    expect(colors).toEqual([0, 0, 0, 208, 208, 208]);
    expect(bits).toEqual(Buffer.from(toBitmap(screen, wholeScreen)));
    expect(await picture()).toEqual(await picture());
  });

  test("shows typed keys and state changes", async () => {
    const { act, pass, text, picture, token, at } = await startWithScreen({ hostname: "web" });
    const before = await picture();
    const typed = [..."demo"].map((char) => rfbMessages.key(char.charCodeAt(0), true));
    let credential = token;
    const hello = [
      rfbMessages.version(),
      rfbMessages.security,
      rfbMessages.init,
      rfbMessages.encodings(encoding.tight),
    ];
    for (const [i, body] of [...hello, ...typed].entries()) {
      const answer = await fetch(`${at}/console/exchange`, {
        method: "POST",
        headers: {
          connection: "close",
          authorization: `Bearer ${credential}`,
          "content-type": "application/octet-stream",
          "x-console-viewer": "6f1c2f6e-7f4a-4c1d-9d0e-0a3f0d4b7c11",
          "x-console-message": String(i + 1),
        },
        body: Buffer.from(body),
      });
      expect(answer.status).toBeLessThan(300);
      credential = answer.headers.get("x-console-session") ?? credential;
    }
    expect(await text()).toMatch(/\nweb login: demo\n$/);
    expect(await picture()).not.toEqual(before);
    await act({ "os-stop": null });
    pass(1_000);
    expect(await text()).toMatch(/reboot: Power down\n$/);
  });

  test("accepts the token in a header, and forbids caching", async () => {
    const { token, get } = await startWithScreen();
    for (const [path, type] of [
      ["/console/screen.txt", "text/plain; charset=UTF-8"],
      ["/console/screen.png", "image/png"],
    ] as const) {
      const { status, headers } = await get(path, { authorization: `Bearer ${token}` });
      expect([status, headers.get("content-type")]).toEqual([200, type]);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("S1-31: is refused like the page once the token expires or is revoked", async () => {
    const { token, get, pass, call, id } = await startWithScreen();
    const paths = ["/console", "/console/screen.txt", "/console/screen.png"];
    const statuses = () =>
      Promise.all(paths.map(async (path) => (await get(`${path}?token=${token}`)).status));
    pass(599_999);
    expect(await statuses()).toEqual([200, 200, 200]);
    pass(1);
    expect(await statuses()).toEqual([401, 401, 401]);
    const [page, ...others] = await Promise.all(
      paths.map(async (path) => {
        const answer = await get(`${path}?token=${token}`);
        return [answer.headers.get("content-type"), await answer.text()];
      }),
    );
    for (const other of others) expect(other).toEqual(page);

    const second = (
      await call("POST", `/v2.1/servers/${id}/action`, {
        body: { "os-getVNCConsole": { type: "xvpvnc" } },
      })
    ).json.console.url;
    const fresh = new URL(second).searchParams.get("token");
    expect((await get(`/console/screen.txt?token=${fresh}`)).status).toBe(200);
    await call("DELETE", `/v2.1/servers/${id}`);
    expect((await get(`/console/screen.txt?token=${fresh}`)).status).toBe(401);
    for (const none of ["", "?token=", "?token=x"])
      expect((await get(`/console/screen.png${none}`)).status).toBe(401);
  });
});
