import { expect, test } from "vitest";
import { basic, collapsed, unauthorizedText } from "../../support/basic.ts";
import { type Asked, cloud } from "../../support/cloud.ts";
import { given, resting } from "../../support/servers.ts";

const nobody: Asked = { as: null };

test("S3-36: without authorisation the answer is 401 in plain text", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));

  for (const asked of [nobody, basic("demo", "wrong"), basic("nobody")]) {
    const reply = await call("GET", `/servers/${id}`, asked);
    expect(reply.status).toBe(401);
    expect(reply.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(() => reply.json).toThrow(SyntaxError);
  }
});

test("S3-37: the text of a 401 is WebOb's", async () => {
  const { call } = await cloud();

  expect(collapsed((await call("GET", "/servers/123", nobody)).text)).toBe(unauthorizedText);
});

test("S3-38: an id that names no server is 404, and so is another account's server", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active", { id: "123" }));

  expect((await call("GET", "/servers/124", basic())).status).toBe(404);
  expect((await call("GET", "/servers/123", basic("alt_demo"))).status).toBe(404);
});

test("S3-39: the body of a 404 has message, code and empty details", async () => {
  const { call } = await cloud();
  const reply = await call("GET", "/servers/124", basic());

  expect(reply.json).toEqual({
    itemNotFound: { message: "Resource not found", code: 404, details: "" },
  });
  expect(reply.text.replaceAll(/([:,]) /g, "$1")).toBe(
    '{"itemNotFound":{"message":"Resource not found","code":404,"details":""}}',
  );
});
