import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { ask } from "../../support/ask.ts";
import { type Answered, cloud } from "../../support/cloud.ts";
import { untouched } from "../../support/items.ts";

const tokens = "/identity/v3/auth/tokens";
const tokensV2 = "/identity/v2.0/tokens";

/** Keystone's own shape, and one request id. */
function refused(reply: Answered, code: number, title: string, message: unknown): void {
  expect([reply.status, reply.json]).toEqual([code, { error: { code, title, message } }]);
  expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
  expect(reply.headers.get("x-openstack-request-id")).toMatch(/^req-[0-9a-f-]{36}$/);
  expect(reply.headers.get("x-compute-request-id")).toBe(null);
  expect(reply.headers.get("x-subject-token")).toBe(null);
}

const unauthorized = (reply: Answered) =>
  refused(reply, 401, "Unauthorized", "The request you have made requires authentication.");

const bad = (reply: Answered) => refused(reply, 400, "Bad Request", expect.any(String));

const password = (user: unknown, scope?: unknown) => ({
  auth: { identity: { methods: ["password"], password: { user } }, scope },
});

const demo = { name: "demo", domain: { name: "Default" }, password: "demo" };

test("a body that is no JSON, or not a request for a token, is 400 on v3 and v2.0", async () => {
  const { table, call } = await cloud();

  await untouched(table, async () => {
    for (const path of [tokens, tokensV2])
      for (const body of [
        ...[
          "{",
          "",
          "null",
          "[]",
          "1",
          '"auth"',
          "{}",
          '{"auth": null}',
          '{"auth": []}',
          "\ufeff{}",
        ],
        ...['{"auth": "demo"}', '{"auth": 1}', '{"Auth": {}}', "[".repeat(10_000)],
        ...['{"__proto__": {"auth": {}}}', Uint8Array.of(0xff, 0xfe)],
      ])
        bad(await call("POST", path, { as: null, body }));
  });
});

test("identity of no good shape is 400", async () => {
  const { call } = await cloud();

  for (const auth of [
    {},
    { identity: null },
    { identity: {} },
    { identity: { methods: "password" } },
    { identity: { methods: [1] } },
    { identity: { methods: ["password"], password: null } },
    { identity: { methods: ["password"], password: {} } },
    { identity: { methods: ["password"], password: { user: {} } } },
    { identity: { methods: ["password"], password: { user: { name: "demo" } } } },
    { identity: { methods: ["password"], password: { user: { name: 1, password: "demo" } } } },
    { identity: { methods: ["password"], password: { user: { name: "demo", password: 1 } } } },
    { identity: { methods: ["password"], password: { user: { ...demo, domain: "Default" } } } },
    { identity: { methods: ["token"], token: {} } },
    { identity: { methods: ["token"], token: { id: null } } },
    password(demo, 1).auth,
    password(demo, { project: "demo" }).auth,
    password(demo, { project: { id: 1 } }).auth,
  ])
    bad(await call("POST", tokens, { as: null, body: { auth } }));
});

test("whoever cannot be let in hears 401, and always the same", async () => {
  const { table, call } = await cloud();
  const project = { id: projects.demo.id };

  await untouched(table, async () => {
    for (const body of [
      password({ ...demo, password: "wrong" }),
      password({ ...demo, password: "" }),
      password({ ...demo, name: "nobody" }),
      password({ ...demo, name: "" }),
      password({ ...demo, name: "x".repeat(3_000) }),
      password({ ...demo, name: "__proto__" }),
      password({ ...demo, name: "default#demo" }),
      password({ ...demo, domain: { name: "default" } }),
      password({ ...demo, domain: { id: "other" } }),
      password({ password: "demo" }),
      password({ id: "x".repeat(3_000), password: "demo" }),
      password({ id: "", password: "demo" }),
      password({ id: "demo", password: "demo" }),
      password({ ...demo, password: "p".repeat(50_000) }),
      password(demo, { project: { id: projects.alt_demo.id } }),
      password(demo, { project: { id: "nosuch" } }),
      password(demo, { project: { name: "nosuch", domain: { name: "Default" } } }),
      password(demo, { project: { name: "demo", domain: { name: "Other" } } }),
      password(demo, { project: {} }),
      password(demo, {}),
      password(demo, { system: { all: true } }),
      password(demo, { domain: { id: "default" } }),
      password(demo, "scoped"),
      { auth: { identity: { methods: [] } } },
      { auth: { identity: { methods: ["password"] } } },
      { auth: { identity: { methods: ["totp"] } } },
      { auth: { identity: { methods: ["password", "token"], password: { user: demo } } } },
      { auth: { identity: { methods: ["token"], token: { id: "forged" } } } },
      { auth: { identity: { methods: ["token"], token: { id: "" } }, scope: { project } } },
    ])
      unauthorized(await call("POST", tokens, { as: null, body }));
  });
});

test("v2.0: wrong credentials are 401, and those of no good shape 400", async () => {
  const { table, call } = await cloud();
  const post = (auth: unknown) => call("POST", tokensV2, { as: null, body: { auth } });
  const good = { username: "demo", password: "demo" };

  await untouched(table, async () => {
    unauthorized(await post({ passwordCredentials: { ...good, password: "wrong" } }));
    unauthorized(await post({ passwordCredentials: { ...good, username: "nobody" } }));
    unauthorized(await post({ passwordCredentials: { ...good, username: "x".repeat(3_000) } }));
    unauthorized(await post({ passwordCredentials: good, tenantId: "nosuch" }));
    unauthorized(await post({ passwordCredentials: good, tenantName: "alt_demo" }));
    unauthorized(await post({ token: { id: "forged" } }));
    unauthorized(
      await post({ "RAX-KSKEY:apiKeyCredentials": { username: "demo", apiKey: "wrong" } }),
    );
    bad(await post({}));
    bad(await post({ passwordCredentials: {} }));
    bad(await post({ passwordCredentials: { username: "demo" } }));
    bad(await post({ passwordCredentials: { username: "demo", password: 1 } }));
    bad(await post({ "RAX-KSKEY:apiKeyCredentials": { username: "demo" } }));
    bad(await post({ token: {} }));
    bad(await post({ passwordCredentials: good, tenantId: 5 }));
  });
});

test("a body that is too large is 413, and one of another type 415", async () => {
  const { call } = await cloud();
  const ask = (headers: Record<string, string>, body: string) =>
    call("POST", tokens, { as: null, headers, body });

  refused(await ask({}, " ".repeat(114_689)), 413, "Request Entity Too Large", expect.any(String));
  const xml = { "content-type": "application/xml" };
  refused(await ask(xml, "<auth/>"), 415, "Unsupported Media Type", expect.any(String));
});

test("an unknown path is 404 and a wrong method 405, with a token", async () => {
  const { at, call, token } = await cloud();
  const headers = { "x-auth-token": await token() };

  for (const path of ["/v3/nosuch", "/v3/auth/tokens/x", "/v2.0/nosuch", "/v4", "/v3//auth"])
    refused(await call("GET", `/identity${path}`), 404, "Not Found", expect.any(String));
  for (const [method, path] of [
    ["PUT", tokens],
    ["PATCH", tokens],
    ["GET", tokensV2],
    ["POST", "/identity/v2.0/tenants"],
  ] as const)
    refused(
      await ask(at, method, path, { headers, body: "{" }),
      405,
      "Method Not Allowed",
      expect.any(String),
    );
});

test("without a token everything but versions and logging in is 401", async () => {
  const { call } = await cloud();

  for (const [method, path] of [
    ["GET", tokens],
    ["DELETE", tokens],
    ["GET", "/identity/v2.0/tenants"],
    ["GET", "/identity/v3/users"],
  ] as const)
    unauthorized(await call(method, path, { as: null }));
  const head = await call("HEAD", tokens, { as: null });
  expect([head.status, head.text]).toEqual([401, ""]);
});

test("a subject token that is none is 404", async () => {
  const { table, call, token } = await cloud();
  const good = await token();

  await untouched(table, async () => {
    for (const subject of ["", "forged", good.slice(1), `${good}x`, "a".repeat(4_000)])
      for (const method of ["GET", "DELETE"])
        refused(
          await call(method, tokens, { headers: { "x-subject-token": subject } }),
          404,
          "Not Found",
          expect.any(String),
        );
    refused(await call("GET", tokens), 404, "Not Found", expect.any(String));
  });
});
