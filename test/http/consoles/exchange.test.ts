import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import {
  type ExchangeResponse,
  encodingNumbers,
  exchangeViewer,
  viewerMessages,
} from "../../support/exchange-viewer.ts";
import { readItems } from "../../support/items.ts";
import { startWithViewers } from "../../support/viewers.ts";

/** RFB's handshake, then the requested update. */
const isScreenUpdate = ({ bytes }: ExchangeResponse) => bytes[0] === 0 && bytes.length > 1_000;

describe("an open console", () => {
  test("returns a handshake and an update, and typed keys reach the log", async () => {
    const { viewer, log } = await startWithViewers();
    const one = await viewer();
    const [hello, security, , init, , picture] = await one.open(encodingNumbers.tight);
    expect(hello?.text).toBe("RFB 003.008\n");
    expect(hello?.headers.get("cache-control")).toBe("no-store");
    expect([...(security?.bytes ?? [])]).toEqual([1, 1]);
    expect(init?.text).toContain("web-1");
    expect(picture && isScreenUpdate(picture)).toBe(true);
    await one.say(viewerMessages.keys("root\n\necho here I am\n"));
    expect(await log()).toContain("echo here I am\nhere I am\n");
  });

  test("is a terminal for a serial token", async () => {
    const { viewer, log } = await startWithViewers("serial");
    const one = await viewer();
    const first = await one.say();
    expect(first.text).toContain("\x1b[2J");
    expect(first.text).toContain("login:");
    expect((await one.say(new TextEncoder().encode("ro"))).text).toContain("login: ro");
    await one.say(new TextEncoder().encode("ot\r\rid\r"));
    expect(await log()).toContain("uid=0(root)");
  });

  test("returns nothing without news", async () => {
    const { viewer } = await startWithViewers();
    const one = await viewer();
    await one.open(encodingNumbers.tight);
    await one.say(viewerMessages.update(true));
    expect([(await one.poll()).status, (await one.poll()).bytes.length]).toEqual([204, 0]);
  });

  test("types repeated messages once, and answers them again", async () => {
    const { viewer, log } = await startWithViewers();
    const one = await viewer();
    await one.open(encodingNumbers.tight);
    await one.say(viewerMessages.keys("root\n\necho once\n"));
    for (const _ of "123") await one.again();
    const hello = await one.say(
      new Uint8Array([...viewerMessages.keys("echo two\n"), ...viewerMessages.update(false)]),
    );
    expect(isScreenUpdate(hello)).toBe(true);
    expect(isScreenUpdate(await one.again())).toBe(true);
    expect((await log()).split("# ").slice(1)).toEqual([
      "echo once\nonce\nroot@web-1:~",
      "echo two\ntwo\nroot@web-1:~",
      "",
    ]);
  });

  test("shows each viewer the other's keys, and rests without input", async () => {
    const { viewer, commands } = await startWithViewers();
    const [one, other] = [await viewer(), await viewer()];
    for (const each of [one, other]) {
      await each.open(encodingNumbers.tight, encodingNumbers.continuous);
      await each.say(viewerMessages.continuous);
    }
    await one.say(viewerMessages.keys("x"));
    expect((await other.poll()).bytes.length).toBeGreaterThan(0);
    commands.length = 0;
    for (const _ of "1234")
      for (const each of [one, other]) expect((await each.poll()).status).toBe(204);
    expect([...new Set(commands)]).toEqual(["BatchGetItem"]);
  });

  test("repeats a lost update for a viewer that waits for it", async () => {
    const { viewer } = await startWithViewers();
    const [one, other] = [await viewer(), await viewer()];
    await one.open(encodingNumbers.tight);
    await one.say(viewerMessages.update(true));
    await other.open(encodingNumbers.tight);
    await other.say(viewerMessages.keys("typed"));
    expect((await one.poll()).bytes[0]).toBe(0);
    expect(isScreenUpdate(await one.again())).toBe(true);
    expect((await one.poll()).status).toBe(204);
  });
});

describe("S1-31: a token opens a console until it expires", () => {
  for (const [when, after, status] of [
    ["a millisecond before", 599_999, 200],
    ["at its end", 600_000, 401],
    ["a millisecond later", 600_001, 401],
  ] as const)
    test(`${when}: ${status}`, async () => {
      const { token, at, pass } = await startWithViewers();
      const one = exchangeViewer(at, await token());
      pass(after);
      expect((await one.say()).status).toBe(status);
    });

  test("an open console outlives its token, whose first message is answered again while it is valid", async () => {
    const { viewer, pass, log } = await startWithViewers();
    const one = await viewer();
    await one.open(encodingNumbers.tight);
    pass(3_600_000);
    expect((await one.say(viewerMessages.keys("root\n\necho later\n"))).status).toBe(200 + 4);
    expect(await log()).toContain("echo later\n");
  });

  test("is closed at once when its server is deleted", async () => {
    const { viewer, call, id, token, at } = await startWithViewers();
    const [one, late] = [await viewer(), await token()];
    await one.open(encodingNumbers.tight);
    await call("DELETE", `/v2.1/servers/${id}`);
    expect((await one.poll()).status).toBe(401);
    expect((await one.say(viewerMessages.keys("x"))).status).toBe(401);
    expect((await exchangeViewer(at, late).say()).status).toBe(401);
  });

  test("has several valid tokens, none stored in clear", async () => {
    const { token, at, table } = await startWithViewers();
    const tokens = [await token(), await token(), await token("admin")];
    const viewers = tokens.map((each) => exchangeViewer(at, each));
    for (const each of viewers) expect((await each.say()).status).toBe(200);
    const kept = JSON.stringify(await readItems(table));
    const secrets = viewers.map((each) => each.session().slice(0, 36));
    for (const secret of [...tokens, ...secrets]) expect(kept).not.toContain(secret);
  });
});

describe("the stored session", () => {
  test("fits one write unit during use", async () => {
    const { viewer, table } = await startWithViewers();
    const one = await viewer();
    await one.open(...Object.values(encodingNumbers));
    // The screen is first full of the boot log.
    for (const line of ["root", "", "help", "id", "ip", "uname -a", "uptime", "hostname"]) {
      await one.say(viewerMessages.keys(`${line}\n`));
      const room = (await readItems(table)).find(({ sk }) => sk?.S === "ROOM");
      const sizes = Object.entries(room ?? {}).map(
        ([name, { S = "", N = "", B }]) => name.length + S.length + N.length + (B?.length ?? 0),
      );
      const size = sizes.reduce((sum, each) => sum + each, 0);
      expect(size).toBeGreaterThan(200);
      expect(size).toBeLessThan(700);
    }
  });

  test("of an older token without a user opens, and its buttons act for no user", async () => {
    const { token, at, table, call, id } = await startWithViewers();
    const old = await token();
    for (const item of await readItems(table))
      if (item["sk"]?.S === "TOKEN") {
        const { user: _, overLock: __, ...grant } = JSON.parse(item["d"]?.S ?? "");
        const Item = { ...item, d: { S: JSON.stringify(grant) } };
        await table.db.send(new PutItemCommand({ TableName: table.name, Item }));
      }
    const one = exchangeViewer(at, old);
    await one.open(encodingNumbers.xvp);
    expect([...(await one.say(viewerMessages.power(2))).bytes.subarray(0, 4)]).toEqual([
      250, 0, 1, 0,
    ]);
    expect((await call("GET", `/v2.1/servers/${id}`)).json.server.status).toBe("ACTIVE");
  });
});
