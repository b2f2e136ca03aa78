import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { startWithServer } from "../../support/with-server.ts";

async function startWithBootLog() {
  const cloud = await startWithServer({ name: "Web One_é", hostname: "web-one" });
  return {
    ...cloud,
    log: async (options: object = {}) =>
      (await cloud.act({ "os-getConsoleOutput": options })).json.output as string,
  };
}

describe("the console log", () => {
  test("describes this server, and says that there is no machine behind it", async () => {
    const { log, id } = await startWithBootLog();
    const output = await log();
    expect(output).toContain("simulated guest");
    for (const part of [id, "web-one", "10.0.0.4", "fa:16:3e:00:00:04"])
      expect(output).toContain(part);
    expect(output).toMatch(
      /-----BEGIN SSH HOST KEY KEYS-----\nssh-ed25519 [A-Za-z0-9+/]{68} root@web-one\n-----END/,
    );
    expect(output).toMatch(/\nweb-one login: $/);
    expect(await log()).toBe(output);
  });

  test("is cut as Nova cuts it", async () => {
    const { log } = await startWithBootLog();
    const output = await log();
    const lines = output.split("\n");
    for (const length of [3, "3", "003"])
      expect(await log({ length })).toBe(lines.slice(-3).join("\n"));
    for (const length of [null, -1, "-1", 100_000]) expect(await log({ length })).toBe(output);
    for (const length of [0, "0", "-0"]) expect(await log({ length })).toBe("");
  });

  test("is refused for an invalid length, and for a reader", async () => {
    const { act, part } = await startWithBootLog();
    for (const length of ["", "x", "1.5", 1.5, -2, "-2", [], {}, true]) {
      const { status } = await act({ "os-getConsoleOutput": { length } });
      expect([length, status]).toEqual([length, 400]);
    }
    expect((await act({ "os-getConsoleOutput": { lines: 3 } })).status).toBe(400);
    expect((await act({ "os-getConsoleOutput": null })).status).toBe(400);
    expect((await act({ "os-getConsoleOutput": {} }, "reader")).status).toBe(403);
    expect((await part("POST", "action", { "os-getConsoleOutput": {} }, "2.96")).status).toBe(200);
  });

  test("begins when the server boots, and grows with it", async () => {
    const { call, pass } = await startCloud();
    const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
    const { json } = await call("POST", "/v2.1/servers", { body: { server } });
    const { id } = json.server;
    const ask = () =>
      call("POST", `/v2.1/servers/${id}/action`, { body: { "os-getConsoleOutput": {} } });
    expect((await ask()).json).toEqual({
      conflictingRequest: { message: `Instance ${id} is not ready`, code: 409 },
    });
    pass(500);
    expect((await ask()).json).toEqual({ output: "" });
    pass(500);
    const lengths = [];
    for (let second = 0; second < 5; second++) {
      lengths.push((await ask()).json.output.split("\n").length);
      pass(1_000);
    }
    expect(lengths[0]).toBeGreaterThan(3);
    expect(lengths.slice(0, 4)).toEqual([...new Set(lengths.slice(0, 4))].sort((a, b) => a - b));
    expect(lengths[4]).toBe(lengths[3]);
  });

  test("contains the echoed input until the next boot", async () => {
    const { log, act, part, pass, call } = await startWithBootLog();
    const options = { remote_console: { protocol: "serial", type: "serial" } };
    const { json } = await part("POST", "remote-consoles", options, "2.6");
    const token = new URL(json.remote_console.url).searchParams.get("token");
    const typed = (number: number, bytes: string, credential: string | null) =>
      call("POST", "/console/exchange", {
        as: null,
        headers: {
          "content-type": "application/octet-stream",
          authorization: `Bearer ${credential}`,
          "x-console-viewer": "8f14e45f-ceea-467f-a8d3-06ea7a3b1f7e",
          "x-console-message": String(number),
        },
        body: bytes,
      });
    const before = await log();
    const session = (await typed(1, "root\r", token)).headers.get("x-console-session");
    await typed(2, "hush\r", session);
    await typed(3, "echo lo and\b\b\b\bbehold\r", session);
    const after = await log();
    expect(after.startsWith(before)).toBe(true);
    const added = after.slice(before.length);
    expect(added).toMatch(/^root\n/);
    expect(added).toContain("echo lobehold\nlobehold\n");
    expect(added).not.toContain("hush");
    expect(await log({ length: 2 })).toBe(after.split("\n").slice(-2).join("\n"));

    await act({ reboot: { type: "HARD" } });
    pass(60_000);
    const again = await log();
    expect(again).toMatch(/login: $/);
    expect(again).not.toContain("behold");
  });

  test("is readable by all who see the server, and gone after its deletion", async () => {
    const { act, call, id, pass } = await startWithBootLog();
    expect((await act({ "os-getConsoleOutput": {} }, "admin")).status).toBe(200);
    const body = { "os-getConsoleOutput": {} };
    const missing = {
      itemNotFound: { message: `Instance ${id} could not be found.`, code: 404 },
    };
    expect((await act(body, "alt_demo")).json).toEqual(missing);
    await call("DELETE", `/v2.1/servers/${id}`);
    // A server that is being deleted still has one: Nova checks no state here
    // (nova/compute/api.py:5014).
    expect((await act(body)).status).toBe(200);
    pass(1_000);
    expect((await act(body)).json).toEqual(missing);
  });

  test("ends when the server is stopped, and begins anew when it boots", async () => {
    const { log, act, pass } = await startWithBootLog();
    await act({ "os-stop": null });
    expect(await log()).toContain("The system will power off now!");
    pass(1_000);
    expect(await log()).toMatch(/reboot: Power down\n$/);
    await act({ "os-start": null });
    pass(1_000);
    expect(await log()).not.toContain("login:");
    pass(3_000);
    expect(await log()).toMatch(/login: $/);
    await act({ reboot: { type: "SOFT" } });
    expect(await log()).toContain("The system will reboot now!");
    pass(1_000);
    const again = await log();
    expect(again).not.toContain("login:");
    expect(again.split("\n").length).toBeGreaterThan(3);
  });
});
