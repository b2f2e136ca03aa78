import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { withoutToken } from "../../support/console-pages.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";

describe("the files of a page", () => {
  async function filesOf(path: string) {
    const { call, at } = await startCloud();
    const { text } = await call("GET", path, withoutToken);
    const names = [...text.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    return { call, at, names };
  }

  test.each(["/console", "/console/serial.html"])(
    "that %s names exist, are immutable, and compressed on request",
    async (path) => {
      const { at, names } = await filesOf(path);
      expect(names).toHaveLength(3);
      for (const name of names) {
        expect(name).toMatch(/-[\w]{8}\.(js|css|txt)$/);
        const plain = await fetch(at + name, { headers: { "accept-encoding": "identity" } });
        const small = await fetch(at + name, { headers: { "accept-encoding": "br, gzip;q=0.5" } });
        expect([plain.status, small.status]).toEqual([200, 200]);
        expect([
          plain.headers.get("content-encoding"),
          small.headers.get("content-encoding"),
        ]).toEqual([null, "gzip"]);
        expect(Number(small.headers.get("content-length"))).toBeLessThan(
          Number(plain.headers.get("content-length")) / 2,
        );
        const digest = async (answer: Response) =>
          createHash("sha256")
            .update(new Uint8Array(await answer.arrayBuffer()))
            .digest("hex");
        expect(await digest(small)).toBe(await digest(plain));
        for (const { headers } of [plain, small]) {
          expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
          expect(headers.get("vary")).toBe("accept-encoding");
          expect(headers.get("x-content-type-options")).toBe("nosniff");
          expect(headers.get("content-type")).toMatch(
            name.endsWith(".js")
              ? /^text\/javascript;/
              : name.endsWith(".css")
                ? /^text\/css;/
                : /^text\/plain;/,
          );
        }
      }
    },
  );

  test("gzip is sent only on request", async () => {
    const { at, names } = await filesOf("/console");
    for (const accepted of ["gzip;q=0", "br", "gzip;q=0.000, br"]) {
      const { header } = await rawHttpRequest(at, "GET", names[0] ?? "", {
        headers: { "accept-encoding": accepted },
      });
      expect(header("content-encoding"), accepted).toBeUndefined();
    }
  });

  test("scripts name their licences, which are served", async () => {
    const { at, names } = await filesOf("/console");
    const read = async (end: string) =>
      (await fetch(at + names.find((name) => name.endsWith(end)))).text();
    expect(await read(".js")).toContain(names.find((name) => name.endsWith(".txt")));
    const licences = await read(".txt");
    expect(licences).toContain("Mozilla Public License");
    expect(licences).toContain("https://github.com/novnc/noVNC");
    expect(licences).toContain("xterm.js");
  });

  test.each([
    "../../package.json",
    "..%2F..%2Fpackage.json",
    "%2e%2e/index.json",
    "index.json",
    "__proto__",
    "toString",
    "vnc.ts",
    "%00",
    "licences.txt.gz",
  ])("%s is no file of a page", async (name) => {
    const { at } = await filesOf("/console");
    const { status, text } = await rawHttpRequest(at, "GET", `/console/assets/${name}`);
    expect(status).toBe(404);
    expect(text).toContain("There is no such page.");
  });
});
