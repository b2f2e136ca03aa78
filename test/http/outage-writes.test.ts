import { expect, test } from "vitest";
import type { CallOptions, TestResponse } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { newServer, startOnFaultyEngine } from "../support/outage.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const postServer = (
  call: (method: string, path: string, options?: CallOptions) => Promise<TestResponse>,
) => call("POST", "/v2.1/servers", { body: { server: { ...newServer, max_count: 3 } } });

for (const failure of ["throttles", "breaks", "drops", "lost", "unprocessed"] as const)
  test(`a create whose write ${failure} leaves no server, and releases the quota`, async () => {
    const { table, call, fail, heal } = await startOnFaultyEngine();
    await call("GET", "/v2.1/servers");
    // Five attempts of one batch, or one of a client without retries.
    fail({ BatchWriteItem: failure }, failure === "unprocessed" ? 5 : 1);
    const reply = await postServer(call);
    heal();

    expect(reply.status).toBe(503);
    const items = await readItems(table);
    expect(items.filter(({ sk }) => /^(SERVER|BOOT)#|^PROJECT$/.test(sk?.S ?? ""))).toEqual([]);
    const usage = items.find(({ sk }) => sk?.S === "USAGE");
    expect([usage?.["instances"]?.N, usage?.["cores"]?.N, usage?.["ram"]?.N]).toEqual([
      "0",
      "0",
      "0",
    ]);
    expect((await call("GET", "/v2.1/servers")).json.servers).toEqual([]);
    expect((await postServer(call)).status).toBe(202);
    expect((await call("GET", "/v2.1/servers")).json.servers.length).toBe(3);
  });

test("a partly processed batch is completed", async () => {
  const { call, fail } = await startOnFaultyEngine();
  fail({ BatchWriteItem: "unprocessed" }, 3);

  expect((await postServer(call)).status).toBe(202);
  expect((await call("GET", "/v2.1/servers")).json.servers.length).toBe(3);
});

test("a delete whose clean-up fails is completed when it is repeated", async () => {
  const { table, call, fail, heal, pass } = await startOnFaultyEngine();
  const { id } = await seedServer(table, settledServer("active"));
  await call("GET", "/v2.1/servers");
  fail({ BatchWriteItem: "breaks" });
  const status = async () => (await call("DELETE", `/v2.1/servers/${id}`)).status;

  expect(await status()).toBe(503);
  heal();
  expect(await status()).toBe(204);
  pass(60_000);
  expect((await call("GET", `/v2.1/servers/${id}`)).status).toBe(404);
});
