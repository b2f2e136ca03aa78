import { expect, test } from "vitest";
import { withBasicAuth } from "../support/basic-auth.ts";
import type { EngineFailure } from "../support/faulty-engine.ts";
import { passwordLogin, tokensPath, tokensV2Path } from "../support/identity.ts";
import { readItems, withoutMarks } from "../support/items.ts";
import { type ComputeMount, computeMountsOf, expectRequestId } from "../support/mounts.ts";
import { impatientClient, newServer, startOnFaultyEngine } from "../support/outage.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const failingRequests: Record<
  string,
  (id: string) => [command: string, method: string, path: string, body?: unknown]
> = {
  show: (id) => ["GetItem", "GET", `/servers/${id}`],
  list: () => ["Query", "GET", "/servers"],
  "list in detail": () => ["Query", "GET", "/servers/detail"],
  rename: (id) => ["UpdateItem", "PUT", `/servers/${id}`, { server: { name: "other" } }],
  start: (id) => ["UpdateItem", "POST", `/servers/${id}/action`, { "os-start": null }],
  "hard reboot": (id) => [
    "UpdateItem",
    "POST",
    `/servers/${id}/action`,
    { reboot: { type: "HARD" } },
  ],
  console: (id) => [
    "PutItem",
    "POST",
    `/servers/${id}/action`,
    { "os-getVNCConsole": { type: "novnc" } },
  ],
  create: () => ["UpdateItem", "POST", "/servers", { server: newServer }],
  "create that is half done": () => ["BatchWriteItem", "POST", "/servers", { server: newServer }],
  delete: (id) => ["UpdateItem", "DELETE", `/servers/${id}`],
};

const unavailable = {
  status: 503,
  name: "serviceUnavailable",
  message: "Service is unavailable at this time.",
};

const testedMounts = computeMountsOf("nova", "nova-v2", "rackspace", "flexcloud");

/** Each failure on every mount; timeouts take long, so they run on one mount. */
const failureCases: readonly [EngineFailure, readonly ComputeMount[]][] = [
  ["throttles", testedMounts],
  ["breaks", testedMounts],
  ["drops", testedMounts],
  ["hangs", testedMounts.slice(0, 1)],
];

for (const [name, requestOf] of Object.entries(failingRequests))
  test(`${name}: returns 503 with Retry-After in each dialect while DynamoDB fails, and writes nothing`, async () => {
    const { table, call, fail, heal } = await startOnFaultyEngine();
    const { id } = await seedServer(table, settledServer("stopped"));
    const [command, method, path, body] = requestOf(id);
    // Cached reads are not repeated.
    for (const mount of testedMounts)
      await call("GET", `${mount.path}/servers?limit=1`, mount.withCredentials());
    await call("POST", "/v2.1/servers", { body: { server: newServer } });
    const before = await readItems(table);

    for (const [failure, there] of failureCases)
      for (const mount of there) {
        fail({ [command]: failure });
        const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
        heal();
        mount.expectRefusal(reply, unavailable);
        expect(reply.headers.get("retry-after")).toBe("1");
        expect((await readItems(table)).map(withoutTime)).toEqual(before.map(withoutTime));
      }
    const [mount] = computeMountsOf("nova");
    expect((await call(method, `${mount?.path}${path}`, { body })).status).toBeLessThan(300);
  });

/** Releasing quota is a write too; it changes only the counter's time and marks. */
const withoutTime = ({ at: _, ...item }: Record<string, unknown>) => withoutMarks(item);

test("while authentication is impossible the response is 503, not 401", async () => {
  const { call, fail, heal } = await startOnFaultyEngine();

  for (const [failure, there] of failureCases)
    for (const mount of there) {
      fail({ "*": failure });
      const reply = await call("GET", `${mount.path}/servers`, mount.withCredentials());
      heal();
      expect([reply.status, reply.json]).toMatchObject([
        503,
        { serviceUnavailable: { code: 503 } },
      ]);
      expect(reply.headers.get("retry-after")).toBe("1");
      expectRequestId(reply);
    }
});

test("a token request returns 503 in Keystone's format while DynamoDB fails, and succeeds afterwards", async () => {
  const { call, fail, heal } = await startOnFaultyEngine();
  const v2 = { auth: { passwordCredentials: { username: "demo", password: "demo" } } };

  for (const [path, body, status] of [
    [tokensPath, passwordLogin(), 201],
    [tokensV2Path, v2, 200],
  ] as const) {
    for (const [failure] of failureCases)
      for (const command of ["GetItem", "Query"]) {
        fail({ [command]: failure });
        const reply = await call("POST", path, { as: null, body });
        heal();
        expect([reply.status, reply.json]).toEqual([
          503,
          {
            error: {
              code: 503,
              title: "Service Unavailable",
              message: "The service is currently unavailable.",
            },
          },
        ]);
        expect(reply.headers.get("retry-after")).toBe("1");
        expect(reply.headers.get("x-openstack-request-id")).toMatch(/^req-/);
      }
    expect((await call("POST", path, { as: null, body })).status).toBe(status);
  }
});

test("one failure is hidden by the client's retry", async () => {
  for (const failure of ["throttles", "breaks", "drops"] as const) {
    const { table, call, fail } = await startOnFaultyEngine({});
    const { id } = await seedServer(table, settledServer("stopped"));
    fail({ "*": failure }, 1);
    expect([failure, (await call("GET", `/v2.1/servers/${id}`)).status]).toEqual([failure, 200]);
  }
});

test("a call to a hanging DynamoDB ends in bounded time", async () => {
  const { call, fail } = await startOnFaultyEngine({ ...impatientClient, maxAttempts: 3 });
  fail({ "*": "hangs" });
  const began = performance.now();
  const replies = await Promise.all([
    call("GET", "/v2.1/servers"),
    call("GET", "/servers", withBasicAuth()),
    call("POST", tokensPath, { as: null, body: passwordLogin() }),
  ]);

  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test("after many requests during an outage the service works as before", async () => {
  const { table, call, fail, heal } = await startOnFaultyEngine();
  const { id } = await seedServer(table, settledServer("stopped"));
  const flood = () =>
    Promise.all(
      Array.from({ length: 40 }, () =>
        call("POST", `/v2.1/servers/${id}/action`, { body: { "os-start": null } }),
      ),
    );
  fail({ "*": "throttles" });
  const refused = await flood();
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  for (const reply of refused) expectRequestId(reply);

  heal();
  const statuses = (await flood()).map(({ status }) => status).toSorted();
  expect(statuses).toEqual([202, ...Array(39).fill(409)]);
});

test.each([
  ["start", "stopped", "POST", { "os-start": null }, 202],
  ["hard reboot", "active", "POST", { reboot: { type: "HARD" } }, 202],
  ["delete", "active", "DELETE", undefined, 204],
] as const)(
  "%s: when its response is lost and the request is repeated, it happens once and succeeds",
  async (_, vm, method, body, status) => {
    const { table, call, fail, pass } = await startOnFaultyEngine({
      ...impatientClient,
      maxAttempts: 3,
    });
    const { id } = await seedServer(table, settledServer(vm));
    const path = `/v2.1/servers/${id}${method === "POST" ? "/action" : ""}`;
    await call("GET", `/v2.1/servers/${id}`);
    fail({ UpdateItem: "lost" }, 1);

    expect((await call(method, path, { body })).status).toBe(status);
    if (method === "POST")
      expect((await call(method, path, { body: { "os-start": null } })).status).toBe(409);
    pass(1_000);
    const after = await call("GET", `/v2.1/servers/${id}`);
    expect(after.json.server?.status ?? after.status).toBe(method === "POST" ? "ACTIVE" : 404);
  },
);
