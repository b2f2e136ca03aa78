import { expect, test } from "vitest";
import { collapseSpaces, unauthorizedText, withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function startWithServer123() {
  const cloud = await startCloud();
  await seedServer(cloud.table, settledServer("active", { id: "123", name: "before" }));
  const show = async () => (await cloud.call("GET", "/servers/123", withBasicAuth())).json.server;
  const put = (body: unknown, id = "123") =>
    cloud.call("PUT", `/servers/${id}`, { ...withBasicAuth(), body });
  const del = (id = "123") => cloud.call("DELETE", `/servers/${id}`, withBasicAuth());
  return { ...cloud, show, put, del };
}

const renameBody = { server: { name: "after" } };

test("S3-50: PUT /servers/{id} updates a server", async () => {
  const { put, show } = await startWithServer123();
  await put(renameBody);

  expect((await show()).name).toBe("after");
});

test("S3-51: the body is a server with a name", async () => {
  const { put, show } = await startWithServer123();

  expect((await put({ name: "after" })).status).toBe(400);
  expect((await put(renameBody)).status).toBe(204);
  expect((await show()).name).toBe("after");
});

test("S3-52: the name must be a string, and update changes nothing else", async () => {
  const { put, show } = await startWithServer123();
  const before = await show();

  expect((await put({ server: { name: 5 } })).status).toBe(400);
  const more = { hostId: "x", accessIPv4: "192.0.2.1", metadata: { a: "b" }, userId: "x" };
  expect((await put({ server: { name: "after", ...more } })).status).toBe(204);
  expect(await show()).toEqual({ ...before, name: "after" });
});

test("S3-53: update returns 204 with an empty body", async () => {
  const { put } = await startWithServer123();
  const reply = await put(renameBody);

  expect([reply.status, reply.text]).toEqual([204, ""]);
});

test("S3-54: update without authorisation returns 401 with WebOb's text and changes nothing", async () => {
  const { call, show } = await startWithServer123();
  const reply = await call("PUT", "/servers/123", { as: null, body: renameBody });

  expect([reply.status, collapseSpaces(reply.text)]).toEqual([401, unauthorizedText]);
  expect((await show()).name).toBe("before");
});

test("S3-55: update of an unknown id returns 404", async () => {
  const { put } = await startWithServer123();
  const reply = await put(renameBody, "124");

  expect([reply.status, reply.json]).toEqual([
    404,
    { itemNotFound: { message: "Resource not found", code: 404, details: "" } },
  ]);
});

test("S3-56: renaming server 123 returns 204, and GET shows the new name", async () => {
  const { put, show } = await startWithServer123();

  expect((await put(renameBody)).status).toBe(204);
  expect((await show()).name).toBe("after");
});

test("S3-57: PUT on {fake_server_id} returns 404", async () => {
  const { put } = await startWithServer123();

  for (const id of ["fake_server_id", "{fake_server_id}", "%7Bfake_server_id%7D"])
    expect((await put(renameBody, id)).status).toBe(404);
});

test("S3-58: the printed no-break space before the colon returns 400, never 500", async () => {
  const { put, show } = await startWithServer123();
  const reply = await put('{"server"\u00a0:{"name"\u00a0: "after"}}');

  expect([reply.status, reply.json]).toEqual([
    400,
    { badRequest: { message: "Malformed request body", code: 400, details: "" } },
  ]);
  expect((await show()).name).toBe("before");
});

test("S3-60: DELETE /servers/{id} without a body deletes a server", async () => {
  const { del, call, pass } = await startWithServer123();
  await del();
  pass(60_000);

  expect((await call("GET", "/servers/123", withBasicAuth())).status).toBe(404);
});

test("S3-61: delete returns 202 with an empty body", async () => {
  const { del } = await startWithServer123();
  const reply = await del();

  expect([reply.status, reply.text]).toEqual([202, ""]);
});

test("S3-62: delete without authorisation returns 401 with WebOb's text and deletes nothing", async () => {
  const { call, show } = await startWithServer123();
  const reply = await call("DELETE", "/servers/123", { as: null });

  expect([reply.status, collapseSpaces(reply.text)]).toEqual([401, unauthorizedText]);
  expect((await show()).status).toBe("ACTIVE");
});

test("S3-63: delete of an unknown id returns 404", async () => {
  const { del } = await startWithServer123();
  const reply = await del("124");

  expect([reply.status, reply.json]).toEqual([
    404,
    { itemNotFound: { message: "Resource not found", code: 404, details: "" } },
  ]);
});

test("S3-64: DELETE 123 returns 202 and DELETE {fake_server_id} returns 404", async () => {
  const { del } = await startWithServer123();

  expect((await del()).status).toBe(202);
  expect((await del("fake_server_id")).status).toBe(404);
});
