import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type ExchangeResponse,
  encodingNumbers,
  exchangeViewer,
  viewerMessages,
} from "../../support/exchange-viewer.ts";
import { expectUnchanged } from "../../support/items.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithViewers } from "../../support/viewers.ts";

const comparableResponse = ({ status, headers, text }: ExchangeResponse) => [
  status,
  text,
  [...headers].filter(([name]) => name !== "date" && name !== "connection"),
];

describe("a console is refused", () => {
  test("after its server's deletion, and its token has no connection", async () => {
    const { token, call, id } = await startWithViewers();
    const good = await token();
    const headers = { "openstack-api-version": "compute 2.31" };
    const options = { as: "admin", headers };
    const where = () => call("GET", `/v2.1/os-console-auth-tokens/${good}`, options);
    expect((await where()).json.console.instance_uuid).toBe(id);
    await call("DELETE", `/v2.1/servers/${id}`);
    expect((await where()).json.itemNotFound.message).toBe("Token not found");
  });

  test("with one response for an unknown, expired, revoked and missing token, and nothing is stored", async () => {
    const { token, post, pass, call, table, id } = await startWithViewers();
    const expired = await token();
    pass(600_000);
    const revoked = await token();
    const viewer = randomUUID();
    await call("DELETE", `/v2.1/servers/${id}`);
    const { id: other } = await seedServer(table, settledServer("active"));
    const project = settledServer("active").project;
    const refusals = await expectUnchanged(table, async () => {
      const all = [];
      for (const credential of [
        randomUUID(),
        expired,
        revoked,
        "",
        "nonsense",
        `${viewer}.${other}.${project}`,
        `${viewer}.${id}.${project}`,
        `${viewer}.${randomUUID()}.${project}`,
      ])
        all.push(comparableResponse(await post({ number: 1, credential, viewer })));
      return all;
    });
    expect(refusals[0]?.[0]).toBe(401);
    for (const each of refusals) expect(each).toEqual(refusals[0]);
  });

  test("for another server or another project", async () => {
    const { viewer, post, id, table } = await startWithViewers();
    const one = await viewer();
    await one.open(encodingNumbers.tight);
    const [secret, , project] = one.session().split(".");
    const { id: other } = await seedServer(table, settledServer("active"));
    for (const credential of [
      `${secret}.${other}.${project}`,
      `${secret}.${id}.${"0".repeat(32)}`,
      `${randomUUID()}.${id}.${project}`,
    ])
      expect((await post({ credential })).status).toBe(401);
    expect((await one.poll()).status).toBeLessThan(300);
  });

  test("another token of the same viewer sets its rights and type", async () => {
    const { viewer, token, at, post, call, path, pass } = await startWithViewers();
    const secret = randomUUID();
    const one = exchangeViewer(at, await token(), secret);
    await one.open(encodingNumbers.tight);
    const body = { "os-getSerialConsole": { type: "serial" } };
    const { json } = await call("POST", path, { body });
    const credential = new URL(json.console.url).searchParams.get("token") ?? "";
    const first = await post({ number: 1, credential, viewer: secret });
    expect(first.text).toContain("\x1b[2J");
    pass(1);
    expect((await (await viewer()).say()).text).toBe("RFB 003.008\n");
  });

  test("after a thousand wrong tokens without crash or growth, and malformed ones cause no read", async () => {
    const { post, table, commands, viewer } = await startWithViewers();
    await expectUnchanged(table, async () => {
      for (let round = 0; round < 50; round++)
        await Promise.all(
          Array.from({ length: 20 }, async (_, i) => {
            const id = randomUUID();
            const credential = i % 2 === 0 ? id : `${id}.${randomUUID()}.project`;
            expect((await post({ number: 1, credential, viewer: id })).status).toBe(401);
          }),
        );
    });
    commands.length = 0;
    for (const credential of [
      "",
      "x".repeat(5_000),
      `${randomUUID()}.x.y`,
      `${randomUUID()}-`,
      "a.b.c",
      "..",
      "%00",
    ])
      expect((await post({ number: 1, credential })).status).toBe(401);
    expect(commands).toEqual([]);
    expect((await (await viewer()).say()).status).toBe(200);
  });

  test("for a ninth viewer, until one of eight has been silent for a minute", async () => {
    const { viewer, pass } = await startWithViewers();
    const eight = [];
    for (let i = 0; i < 8; i++) {
      const one = await viewer();
      expect((await one.say()).status).toBe(200);
      eight.push(one);
    }
    const ninth = await viewer();
    expect((await ninth.say()).status).toBe(409);
    pass(59_000);
    for (const one of eight.slice(1)) await one.poll();
    expect((await ninth.again()).status).toBe(409);
    pass(1_000);
    expect((await ninth.again()).status).toBe(200);
    expect((await eight[0]?.poll())?.status).toBe(401);
    expect((await eight[1]?.poll())?.status).toBe(204);
  });

  test("for too many bytes, invalid RFB and a missing message, and the session is unharmed", async () => {
    const { viewer, table, post } = await startWithViewers();
    const one = await viewer();
    await one.open(encodingNumbers.tight);
    const credential = one.session();
    await expectUnchanged(table, async () => {
      const tooMany = new Uint8Array(65_537);
      expect((await post({ number: 7, credential, bytes: tooMany })).status).toBe(413);
      expect((await post({ number: 7, credential, bytes: Uint8Array.of(99) })).status).toBe(400);
      expect((await post({ number: 8, credential })).status).toBe(400);
      for (const number of ["-1", "x", "1e3", "9".repeat(16)])
        expect((await post({ number, credential })).status).toBe(400);
      expect((await post({ seen: "x", credential })).status).toBe(400);
    });
    expect((await one.say(viewerMessages.update(false))).bytes.length).toBeGreaterThan(1_000);
    const { post: open, token } = await startWithViewers();
    for (const name of ["", "nobody"])
      expect((await open({ number: 1, credential: await token(), viewer: name })).status).toBe(400);
  });

  test("the largest paste is typed, and session and log fit their items", async () => {
    const { viewer, log } = await startWithViewers("serial");
    const one = await viewer();
    await one.say(new TextEncoder().encode("root\r\r"));
    const paste = "help\r".repeat(13_107);
    expect((await one.say(new TextEncoder().encode(paste))).status).toBe(200);
    expect((await one.say(new TextEncoder().encode("echo done\r"))).status).toBe(200);
    expect(await log()).toContain("echo done\ndone\n");
  }, 60_000);
});
