import { expect, test } from "vitest";
import { collapseSpaces, unauthorizedText, withBasicAuth } from "../../support/basic-auth.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const withoutToken: CallOptions = { as: null };

test("S3-36: a request without authorisation returns 401 in plain text", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const options of [withoutToken, withBasicAuth("demo", "wrong"), withBasicAuth("nobody")]) {
    const reply = await call("GET", `/servers/${id}`, options);
    expect(reply.status).toBe(401);
    expect(reply.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(() => reply.json).toThrow(SyntaxError);
  }
});

test("S3-37: the 401 text is WebOb's", async () => {
  const { call } = await startCloud();

  expect(collapseSpaces((await call("GET", "/servers/123", withoutToken)).text)).toBe(
    unauthorizedText,
  );
});

test("S3-38: an unknown server id and another account's server return 404", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active", { id: "123" }));

  expect((await call("GET", "/servers/124", withBasicAuth())).status).toBe(404);
  expect((await call("GET", "/servers/123", withBasicAuth("alt_demo"))).status).toBe(404);
});

test("S3-39: a 404 body has message, code and empty details", async () => {
  const { call } = await startCloud();
  const reply = await call("GET", "/servers/124", withBasicAuth());

  expect(reply.json).toEqual({
    itemNotFound: { message: "Resource not found", code: 404, details: "" },
  });
  expect(reply.text.replaceAll(/([:,]) /g, "$1")).toBe(
    '{"itemNotFound":{"message":"Resource not found","code":404,"details":""}}',
  );
});
