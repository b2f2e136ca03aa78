import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { serverKey } from "../../../lambdas/compute/database/server-item.ts";
import { metadataOfSize } from "../../support/metadata.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("concurrent requests", () => {
  test("to write different items all succeed", async () => {
    const { part } = await startWithServer();
    const keys = Array.from({ length: 12 }, (_, i) => `key${i}`);
    await Promise.all(keys.map((key) => part("POST", "metadata", { metadata: { [key]: "v" } })));
    expect(Object.keys((await part("GET", "metadata")).json.metadata).sort()).toEqual(keys.sort());
    await Promise.all([
      ...keys.slice(0, 6).map((key) => part("DELETE", `metadata/${key}`)),
      part("PUT", "metadata/new", { meta: { new: "v" } }),
    ]);
    expect(Object.keys((await part("GET", "metadata")).json.metadata).sort()).toEqual(
      [...keys.slice(6), "new"].sort(),
    );
  });

  test("to write exceed 128 items never, and each accepted item is stored", async () => {
    const { part } = await startWithServer({ metadata: metadataOfSize(120) });
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        part("PUT", `metadata/new${i}`, { meta: { [`new${i}`]: "v" } }),
      ),
    );
    const there = (await part("GET", "metadata")).json.metadata;
    expect(replies.map(({ status }) => status).sort()).toEqual([
      ...Array(8).fill(200),
      ...Array(4).fill(403),
    ]);
    for (const [i, { status }] of replies.entries())
      expect(Object.hasOwn(there, `new${i}`)).toBe(status === 200);
  });

  test("for an action and a write both succeed", async () => {
    const { part, act, shown } = await startWithServer();
    const [stopped, written] = await Promise.all([
      act({ "os-stop": null }),
      part("POST", "metadata", { metadata: { a: "1" } }),
    ]);
    expect([stopped.status, written.status]).toEqual([202, 200]);
    expect(await shown()).toMatchObject({
      metadata: { a: "1" },
      "OS-EXT-STS:task_state": "powering-off",
    });
  });
});

describe("the DynamoDB calls of metadata", () => {
  test("a write is one update, unless it could exceed the item limit", async () => {
    const { part, commands } = await startWithServer({ metadata: metadataOfSize(4) });
    commands.length = 0;
    await part("POST", "metadata", { metadata: { a: "1" } });
    await part("PUT", "metadata/b", { meta: { b: "1" } });
    await part("DELETE", "metadata/b");
    await part("PUT", "metadata", { metadata: { c: "1" } });
    expect(commands.filter((command) => command !== "Query")).toEqual(Array(4).fill("UpdateItem"));
  });
});

test("a server older than the metadata attribute keeps its metadata and accepts more", async () => {
  for (const [method, path, body, left] of [
    ["POST", "metadata", { metadata: { b: "2" } }, { a: "1", b: "2" }],
    ["PUT", "metadata", { metadata: { b: "2" } }, { b: "2" }],
    ["PUT", "metadata/b", { meta: { b: "2" } }, { a: "1", b: "2" }],
    ["DELETE", "metadata/a", undefined, {}],
  ] as const) {
    const { part, table, id, server } = await startWithServer();
    const { pk, sk } = serverKey(server.project, id);
    const { db, name: TableName } = table;
    const { Attributes } = await db.send(
      new UpdateItemCommand({
        TableName,
        Key: { ...(pk && { pk }), ...(sk && { sk }) },
        UpdateExpression: "REMOVE meta",
        ReturnValues: "ALL_OLD",
      }),
    );
    const cold = { ...JSON.parse(Attributes?.["d"]?.S ?? ""), metadata: { a: "1" } };
    await db.send(
      new UpdateItemCommand({
        TableName,
        Key: { ...(pk && { pk }), ...(sk && { sk }) },
        UpdateExpression: "SET d = :d",
        ExpressionAttributeValues: { ":d": { S: JSON.stringify(cold) } },
      }),
    );
    expect((await part("GET", "metadata")).json).toEqual({ metadata: { a: "1" } });
    expect((await part(method, path, body)).status).toBeLessThan(300);
    expect((await part("GET", "metadata")).json).toEqual({ metadata: left });
  }
});
