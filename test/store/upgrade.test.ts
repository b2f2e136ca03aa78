import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tableDefinition, tableSchema } from "../../lambdas/database/schema.ts";
import { cloudStoredBy, inOrder, storedAnswers, storedItems, versions } from "./fixtures/stored.ts";

/** Fixtures that hold little more than servers; upgrade-kinds.test.ts changes the others. */
const early = versions.filter((version) => !storedAnswers(version).names);

describe.each(versions)("the items of %s", (version) => {
  test("are read with the recorded values, beside newer members", async () => {
    const { call, answers, headers } = await cloudStoredBy(version);

    expect(answers.length).toBeGreaterThan(0);
    for (const { as, method = "GET", path, sent, status, body } of answers) {
      const options = { as, headers, ...(sent !== undefined && { body: sent }) };
      const reply = await call(method, path, options);
      expect([path, reply.status]).toEqual([path, status]);
      if (typeof body === "string") expect(reply.text).toBe(body);
      else expect({ path, ...inOrder(reply.json) }).toMatchObject(inOrder(body));
    }
  });

  test("has the keys of the schema, and an expiry that is a number of seconds", async () => {
    for (const { pk, sk, expires } of storedItems(version)) {
      expect([pk?.S, sk?.S]).toEqual([expect.any(String), expect.any(String)]);
      if (expires) expect(Number(expires.N)).toBeLessThan(10_000_000_000);
    }
  });
});

describe.each(early)("the items of %s", (version) => {
  test("can be changed and deleted", async () => {
    const { call, answers, pass } = await cloudStoredBy(version);
    const servers = answers.filter(
      ({ path, status }) => status === 200 && /^\/v2\.1\/servers\/[^/]{36}$/.test(path),
    );
    pass(60_000);

    expect(servers.length).toBeGreaterThan(0);
    for (const { path, body } of servers) {
      const unlocked = { as: "admin", body: { unlock: null } };
      expect((await call("POST", `${path}/action`, unlocked)).status).toBe(202);
      const power = body.server.status === "SHUTOFF" ? "os-start" : "os-stop";
      expect((await call("POST", `${path}/action`, { body: { [power]: null } })).status).toBe(202);
      pass(60_000);
      const named = { body: { server: { name: "renamed" } } };
      expect((await call("PUT", path, named)).json.server.name).toBe("renamed");
      const metadata = { body: { metadata: { new: "1" } } };
      expect((await call("POST", `${path}/metadata`, metadata)).json.metadata).toEqual({
        ...body.server.metadata,
        new: "1",
      });
      expect((await call("DELETE", path)).status).toBe(204);
      pass(60_000);
      expect((await call("GET", path)).status).toBe(404);
    }
    expect((await call("GET", "/v2.1/limits")).json.limits.absolute.totalInstancesUsed).toBe(0);
  });
});

test("this version has its fixtures, like each release", () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  );

  expect(versions).toContain(version);
});

test("the table's keys never change, because the data would be lost", () => {
  expect(tableSchema).toEqual({ partition: "pk", sort: "sk", expiry: "expires" });
  expect(tableDefinition("t")).toEqual({
    TableName: "t",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
  });
});
