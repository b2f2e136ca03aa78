import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableDefinition, tableSchema } from "../../lambdas/database/schema.ts";
import { startCloud, startTime } from "../support/cloud.ts";
import { parseItems, type RecordedResponses } from "./fixtures/kept.ts";

const folder = join(import.meta.dirname, "fixtures");
const versions = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const readFixture = (version: string, file: string) =>
  readFileSync(join(folder, version, file), "utf8");

/** A cloud with just what the version left, at the instant of its answers. */
async function startFromFixture(version: string) {
  const { now, answers } = JSON.parse(readFixture(version, "answers.json")) as RecordedResponses;
  const items = parseItems(readFixture(version, "items.json"));
  const world = await startCloud();
  const { table, pass, at } = world;
  for (const Item of items)
    await table.db.send(new PutItemCommand({ TableName: table.name, Item }));
  pass(now - startTime);
  const filled = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll("{{at}}", at));
  return { ...world, items, answers: answers.map((one) => ({ ...one, body: filled(one.body) })) };
}

const latestVersionHeader = { "x-openstack-nova-api-version": "2.90" };

describe.each(versions)("what %s kept", (version) => {
  test("is read as it was, whatever else there is to say by now", async () => {
    const { call, answers } = await startFromFixture(version);

    expect(answers.length).toBeGreaterThan(0);
    for (const { as, path, status, body } of answers) {
      const reply = await call("GET", path, { as, headers: latestVersionHeader });
      expect([path, reply.status]).toEqual([path, status]);
      if (typeof body === "string") expect(reply.text).toBe(body);
      else expect({ path, ...sortDeep(reply.json) }).toMatchObject(sortDeep(body));
    }
  });

  test("can be changed and taken away", async () => {
    const { call, answers, pass } = await startFromFixture(version);
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

  test("has the keys of the schema, and an expiry that is a number of seconds", async () => {
    const items = parseItems(readFixture(version, "items.json"));

    for (const { pk, sk, expires } of items) {
      expect([pk?.S, sk?.S]).toEqual([expect.any(String), expect.any(String)]);
      if (expires) expect(Number(expires.N)).toBeLessThan(10_000_000_000);
    }
  });
});

/** Lists of what was made at one instant have no order of their own but their ids'. */
function sortDeep(value: unknown): Record<string, unknown> {
  const ordered = (one: unknown): unknown => {
    if (Array.isArray(one))
      return one.map(ordered).sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
    if (one === null || typeof one !== "object") return one;
    return Object.fromEntries(
      Object.entries(one)
        .map(([name, inner]) => [name, ordered(inner)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  };
  return ordered(value) as Record<string, unknown>;
}

/** Not of what a later version may add to it. */
const sortName = (one: unknown): string =>
  ["id", "ip_address", "addr", "action", "name"]
    .map((name) => Object(one)[name])
    .find((said) => said !== undefined) ?? JSON.stringify(one);

test("this version has its fixtures, as each release is to have", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "../../../package.json"), "utf8"));

  expect(versions).toContain(version);
});

test("the keys of the table are what they have always been: to change them is to lose what it holds", () => {
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
