import { describe, expect, test } from "vitest";
import { revocationLagMs } from "../../lambdas/identity/database/revocations.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { withBasicAuth } from "../support/basic-auth.ts";
import { startCloud } from "../support/cloud.ts";
import { encodingNumbers, viewerMessages } from "../support/exchange-viewer.ts";
import { seedServer, settledServer } from "../support/servers.ts";
import { startWithViewers } from "../support/viewers.ts";

/** A cloud whose list of revoked tokens is cached, which lasts five seconds. */
async function startWarm() {
  const cloud = await startCloud();
  /** A request whose only DynamoDB calls are those of authentication. */
  const knock = async () => {
    const headers = { "x-subject-token": await cloud.token() };
    return cloud.call("HEAD", "/identity/v3/auth/tokens", { headers });
  };
  await knock();
  cloud.commands.length = 0;
  return { ...cloud, knock };
}

const loginBody = {
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name: "demo", domain: { name: "Default" }, password: "demo" } },
    },
    scope: { project: { name: "demo", domain: { name: "Default" } } },
  },
};

describe("the DynamoDB calls of each operation", () => {
  test("show makes one read", async () => {
    const { table, call, commands } = await startWarm();
    const { id } = await seedServer(table, settledServer("active"));
    commands.length = 0;
    expect((await call("GET", `/v2.1/servers/${id}`)).status).toBe(200);
    expect(commands).toEqual(["GetItem"]);
  });

  for (const [action, vm] of [
    ["os-start", "stopped"],
    ["os-stop", "active"],
  ] as const)
    test(`${action} makes one conditional update, accepted or refused`, async () => {
      const { table, call, commands } = await startWarm();
      const { id } = await seedServer(table, settledServer(vm));
      commands.length = 0;
      const act = () => call("POST", `/v2.1/servers/${id}/action`, { body: { [action]: null } });
      expect((await act()).status).toBe(202);
      expect(commands).toEqual(["UpdateItem"]);
      expect((await act()).status).toBe(409);
      // An engine without the item in its refusal needs one more read.
      expect(["UpdateItem,UpdateItem", "UpdateItem,UpdateItem,GetItem"]).toContain(commands.join());
    });

  test("an action in the instant a server comes to rest makes one update", async () => {
    const { table, call, commands, pass } = await startWarm();
    const { id } = await seedServer(table, settledServer("stopped"));
    const act = (action: string) =>
      call("POST", `/v2.1/servers/${id}/action`, { body: { [action]: null } });
    await act("os-start");
    pass(1_000);
    commands.length = 0;
    expect((await act("os-stop")).status).toBe(202);
    expect(commands).toEqual(["UpdateItem"]);
  });

  test("list makes one query per page, with a marker too", async () => {
    const { table, call, commands } = await startWarm();
    for (let made = 0; made < 7; made++) await seedServer(table, settledServer("active"));
    commands.length = 0;
    const first = await call("GET", "/v2.1/servers/detail?limit=3");
    expect(first.json.servers).toHaveLength(3);
    expect(commands).toEqual(["Query"]);
    const { pathname, search } = new URL(first.json.servers_links[0].href);
    const second = await call("GET", pathname + search);
    expect(second.json.servers).toHaveLength(3);
    expect(commands).toEqual(["Query", "Query"]);
  });

  test("rename makes one update", async () => {
    const { table, call, commands } = await startWarm();
    const { id } = await seedServer(table, settledServer("active"));
    commands.length = 0;
    const reply = await call("PUT", `/v2.1/servers/${id}`, { body: { server: { name: "db" } } });
    expect(reply.status).toBe(200);
    expect(commands).toEqual(["UpdateItem"]);
  });

  test("create reads image, quota, flavor and networks, and writes the counters, an address, and the server with its port", async () => {
    const { call, commands } = await startWarm();
    const body = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" } };
    expect((await call("POST", "/v2.1/servers", { body })).status).toBe(202);
    commands.length = 0;
    expect((await call("POST", "/v2.1/servers", { body })).status).toBe(202);
    // Data of all projects is cached.
    const found = ["GetItem", "GetItem", "GetItem", "Query"];
    // The fourth read finds that the project has ports.
    expect(commands).toEqual([...found, "UpdateItem", "GetItem", "PutItem", "BatchWriteItem"]);
  });

  test("console makes one read and one write", async () => {
    const { table, call, commands } = await startWarm();
    const { id } = await seedServer(table, settledServer("active"));
    commands.length = 0;
    const body = { "os-getVNCConsole": { type: "novnc" } };
    expect((await call("POST", `/v2.1/servers/${id}/action`, { body })).status).toBe(200);
    expect(commands).toEqual(["GetItem", "PutItem"]);
  });

  test("an open console polls with one read of two items, and a key and Enter make one write more", async () => {
    const { viewer, commands } = await startWithViewers();
    const one = await viewer();
    const asks = async (does: () => Promise<unknown>) => {
      commands.length = 0;
      await does();
      return [...commands];
    };
    const kept = ["BatchGetItem", "PutItem"];
    expect(await asks(() => one.say())).toEqual(["GetItem", "GetItem", ...kept]);
    for (const bytes of [
      viewerMessages.version,
      viewerMessages.none,
      viewerMessages.shared,
      viewerMessages.encodings(encodingNumbers.tight),
    ])
      expect(await asks(() => one.say(bytes))).toEqual(kept);
    await one.say(viewerMessages.update(false));
    expect(await asks(() => one.poll())).toEqual(["BatchGetItem"]);
    expect(await asks(() => one.say(viewerMessages.keys("x")))).toEqual(kept);
    expect(await asks(() => one.say(viewerMessages.keys("\n")))).toEqual(kept);
    // Input goes to the log in parts of some 500 characters.
    const typed = viewerMessages.keys(`\n${`echo ${"y".repeat(180)}\n`.repeat(2)}`);
    await one.say(typed);
    expect(await asks(() => one.say(viewerMessages.keys("x")))).toEqual([
      "BatchGetItem",
      "PutItem",
      "PutItem",
    ]);
    const power = await asks(() => one.say(viewerMessages.power(2)));
    expect(power.slice(0, 2)).toEqual(["BatchGetItem", "UpdateItem"]);
  });

  test("console log reads the server and the typed input", async () => {
    const { table, call, commands } = await startWarm();
    const { id } = await seedServer(table, settledServer("active"));
    commands.length = 0;
    const body = { "os-getConsoleOutput": { length: 3 } };
    expect((await call("POST", `/v2.1/servers/${id}/action`, { body })).status).toBe(200);
    expect(commands).toEqual(["GetItem", "Query"]);
  });

  test("token issue reads the directory, the name and its user", async () => {
    const { call, commands } = await startWarm();
    const reply = await call("POST", "/identity/v3/auth/tokens", { as: null, body: loginBody });
    expect(reply.status).toBe(201);
    expect(commands).toEqual(["Query", "GetItem", "GetItem"]);
  });

  test("a refused token and versions make no call, flavors and images one query", async () => {
    const { call, commands } = await startWarm();
    const bad = { as: null, headers: { "x-auth-token": "nonsense" } };
    expect((await call("GET", "/v2.1/servers", bad)).status).toBe(401);
    expect((await call("GET", "/", { as: null })).status).toBe(200);
    expect(commands).toEqual([]);
    expect((await call("GET", "/v2.1/flavors/detail")).status).toBe(200);
    expect((await call("GET", "/v2.1/images/detail")).status).toBe(200);
    expect(commands).toEqual(["Query", "Query"]);
  });

  test("HTTP Basic makes three reads, and none during the next minute", async () => {
    const { call, commands, pass } = await startWarm();
    const options = withBasicAuth();
    await call("GET", "/flavors/1", options);
    expect(commands).toEqual(["Query", "GetItem", "GetItem", "GetItem"]);
    commands.length = 0;
    await call("GET", "/flavors/1", options);
    expect(commands).toEqual(["GetItem"]);
    pass(59_999);
    await call("GET", "/flavors/1", options);
    expect(commands).toEqual(["GetItem", "Query", "GetItem"]); // The list of revocations.
    pass(1);
    await call("GET", "/flavors/1", options);
    expect(commands.slice(3)).toEqual(["Query", "GetItem", "GetItem", "GetItem"]);
  });

  test("the list of revoked tokens is cached for all callers", async () => {
    const { knock, commands, pass } = await startWarm();
    pass(revocationLagMs - 1);
    await knock();
    expect(commands).toEqual([]);
    pass(1);
    await Promise.all([1, 2, 3].map(knock));
    expect(commands).toEqual(["Query"]);
  });
});
