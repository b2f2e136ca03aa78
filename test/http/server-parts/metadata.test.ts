import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { metadataOfSize } from "../../support/metadata.ts";
import { computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("E-13: the metadata of a server", () => {
  test("POST merges, PUT replaces, and both return all items", async () => {
    const { part } = await startWithServer({ metadata: { a: "1" } });
    expect((await part("GET", "metadata")).json).toEqual({ metadata: { a: "1" } });
    const merged = await part("POST", "metadata", { metadata: { b: "2", a: "3" } });
    expect([merged.status, merged.json]).toEqual([200, { metadata: { a: "3", b: "2" } }]);
    const replaced = await part("PUT", "metadata", { metadata: { c: "" } });
    expect([replaced.status, replaced.json]).toEqual([200, { metadata: { c: "" } }]);
    expect((await part("GET", "metadata")).json).toEqual({ metadata: { c: "" } });
    expect((await part("PUT", "metadata", { metadata: {} })).json).toEqual({ metadata: {} });
    expect((await part("POST", "metadata", { metadata: {} })).json).toEqual({ metadata: {} });
  });

  test("an item is shown, set and deleted by its key, and the server shows it", async () => {
    const { part, shown } = await startWithServer();
    const set = await part("PUT", "metadata/a.b c:d-e_f", { meta: { "a.b c:d-e_f": "x" } });
    expect([set.status, set.json]).toEqual([200, { meta: { "a.b c:d-e_f": "x" } }]);
    expect((await part("GET", "metadata/a.b%20c:d-e_f")).json).toEqual({
      meta: { "a.b c:d-e_f": "x" },
    });
    expect((await shown()).metadata).toEqual({ "a.b c:d-e_f": "x" });
    const deleted = await part("DELETE", "metadata/a.b%20c:d-e_f");
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    for (const method of ["GET", "DELETE"])
      expect(await part(method, "metadata/a.b%20c:d-e_f")).toMatchObject({
        status: 404,
        json: { itemNotFound: { message: "Metadata item was not found", code: 404 } },
      });
  });

  test("a key may be named like a member of JavaScript objects", async () => {
    const { part } = await startWithServer();
    for (const key of ["__proto__", "constructor", "toString"]) {
      expect((await part("GET", `metadata/${key}`)).status).toBe(404);
      expect((await part("DELETE", `metadata/${key}`)).status).toBe(404);
      const meta = Object.fromEntries([[key, "v"]]);
      expect((await part("PUT", `metadata/${key}`, { meta })).status).toBe(200);
    }
    expect((await part("GET", "metadata")).text).toBe(
      '{"metadata": {"__proto__": "v", "constructor": "v", "toString": "v"}}',
    );
    expect((await part("DELETE", "metadata/__proto__")).status).toBe(204);
    expect((await part("GET", "metadata/__proto__")).status).toBe(404);
  });

  test("128 items are the maximum", async () => {
    const { part } = await startWithServer({ metadata: metadataOfSize(127) });
    const over = {
      status: 403,
      json: { forbidden: { message: "Maximum number of metadata items exceeds 128", code: 403 } },
    };
    expect(await part("POST", "metadata", { metadata: { x: "1", y: "2" } })).toMatchObject(over);
    expect((await part("POST", "metadata", { metadata: { x: "1", key0: "2" } })).status).toBe(200);
    expect(await part("PUT", "metadata/y", { meta: { y: "1" } })).toMatchObject(over);
    expect((await part("PUT", "metadata/x", { meta: { x: "other" } })).status).toBe(200);
    expect((await part("POST", "metadata", { metadata: metadataOfSize(127) })).status).toBe(200);
    for (const method of ["POST", "PUT"])
      expect(await part(method, "metadata", { metadata: metadataOfSize(129) })).toMatchObject(over);
    expect((await part("PUT", "metadata", { metadata: metadataOfSize(128, 500) })).status).toBe(
      200,
    );
    expect(Object.keys((await part("GET", "metadata")).json.metadata)).toHaveLength(128);
  });

  test("malformed metadata returns 400 before the server is looked up", async () => {
    const { part, call } = await startWithServer();
    for (const [body, message] of [
      [
        { metadata: { k: 1 } },
        "Invalid input for field/attribute k. Value: 1. 1 is not of type 'string'",
      ],
      [{ metadata: { k: null } }, /None is not of type 'string'/],
      [
        { metadata: { "a/b": "x" } },
        /does not match any of the regexes: '\^\[a-zA-Z0-9-_:\. \]\{1,255\}\$'/,
      ],
      [{ metadata: { "": "x" } }, /does not match any of the regexes/],
      [{ metadata: { ["k".repeat(256)]: "x" } }, /does not match any of the regexes/],
      [{ metadata: { k: "v".repeat(256) } }, /is too long/],
      [{ metadata: null }, /None is not of type 'object'/],
      [{}, "'metadata' is a required property"],
      [{ metadata: {}, zz: 1 }, /'zz' was unexpected/],
    ] as const) {
      for (const method of ["POST", "PUT"]) {
        const reply = await part(method, "metadata", body);
        expect(reply.status).toBe(400);
        expect(reply.json.badRequest.message).toMatch(message);
      }
      expect((await call("POST", "/v2.1/servers/nobody/metadata", { body })).status).toBe(400);
    }
    for (const meta of [{}, { a: "1", b: "2" }])
      expect((await part("PUT", "metadata/a", { meta })).status).toBe(400);
    const other = await part("PUT", "metadata/a", { meta: { b: "1" } });
    expect(other.json).toEqual({
      badRequest: { message: "Request body and URI mismatch", code: 400 },
    });
  });

  for (const vm of ["active", "paused", "suspended", "stopped"] as const)
    test(`a server that is ${vm} accepts metadata during any task`, async () => {
      const { part, act } = await startWithServer({}, vm);
      expect((await part("POST", "metadata", { metadata: { a: "1" } })).status).toBe(200);
      expect((await act({ reboot: { type: "HARD" } })).status).toBe(202);
      expect((await part("POST", "metadata", { metadata: { b: "1" } })).status).toBe(200);
      expect((await part("DELETE", "metadata/a")).status).toBe(204);
    });

  for (const vm of ["error", "rescued", "shelved_offloaded"] as const)
    test(`a server that is ${vm} refuses metadata`, async () => {
      const { part, id } = await startWithServer({ metadata: { a: "1" } }, vm);
      for (const [method, path, body, verb] of [
        ["POST", "metadata", { metadata: { b: "1" } }, "update metadata"],
        ["PUT", "metadata", { metadata: metadataOfSize(129) }, "update metadata"],
        ["PUT", "metadata/a", { meta: { a: "1" } }, "update metadata"],
        ["DELETE", "metadata/a", undefined, "delete metadata"],
      ] as const)
        expect((await part(method, path, body)).json).toEqual({
          conflictingRequest: {
            message: `Cannot '${verb}' instance ${id} while it is in vm_state ${vm}`,
            code: 409,
          },
        });
      expect((await part("GET", "metadata")).json).toEqual({ metadata: { a: "1" } });
    });

  test("an unknown, deleted or foreign server has no metadata", async () => {
    const { call, part, pass, id } = await startWithServer();
    const body = { metadata: { a: "1" } };
    const path = `/v2.1/servers/${id}/metadata`;
    expect((await call("POST", path, { as: "alt_demo", body })).status).toBe(404);
    expect((await call("GET", path, { as: "alt_demo" })).status).toBe(404);
    expect((await call("POST", path, { as: "reader", body })).status).toBe(403);
    expect((await call("GET", path, { as: "reader" })).json).toEqual({ metadata: {} });
    expect((await call("POST", path, { as: "admin", body })).json).toEqual(body);
    await call("DELETE", `/v2.1/servers/${id}`);
    pass(1_000);
    for (const [method, below, what] of [
      ["GET", "metadata", undefined],
      ["POST", "metadata", body],
      ["PUT", "metadata", { metadata: metadataOfSize(129) }],
      ["PUT", "metadata/b", { meta: { a: "1" } }],
      ["DELETE", "metadata/a", undefined],
    ] as const)
      expect((await part(method, below, what)).json).toEqual({
        itemNotFound: { message: `Instance ${id} could not be found.`, code: 404 },
      });
  });

  test("E-05: a locked server accepts metadata from administrators only", async () => {
    const { table, server, part, id } = await startWithServer({ metadata: { a: "1" } });
    await table.documentClient.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: `PROJECT#${server.project}`, sk: `SERVER#${id}` },
        UpdateExpression: "SET lockedBy = :by",
        ExpressionAttributeValues: { ":by": "owner" },
      }),
    );
    for (const [method, path, body] of [
      ["POST", "metadata", { metadata: { b: "1" } }],
      ["PUT", "metadata", { metadata: { b: "1" } }],
      ["PUT", "metadata/a", { meta: { a: "1" } }],
      ["DELETE", "metadata/a", undefined],
    ] as const) {
      expect((await part(method, path, body)).json.conflictingRequest.message).toBe(
        `Instance ${id} is locked`,
      );
      expect((await part("GET", "metadata")).json.metadata.a).toBe("1");
    }
    expect((await part("DELETE", "metadata/a", undefined, "2.1", "admin")).status).toBe(204);
  });

  test("every mount serves it", async () => {
    const { table, call } = await startWithServer();
    for (const { path: at, withCredentials } of computeMountsOf(
      "nova",
      "nova-v2",
      "rackspace",
      "flexcloud",
    )) {
      const { id } = await seedServer(table, settledServer("active"));
      const body = { metadata: { a: "1" } };
      const reply = await call("POST", `${at}/servers/${id}/metadata`, withCredentials({ body }));
      expect([reply.status, reply.json]).toEqual([200, body]);
    }
  });
});
