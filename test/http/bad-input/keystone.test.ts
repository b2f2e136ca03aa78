import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud, type TestResponse } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";

const tokens = "/identity/v3/auth/tokens";
const tokensV2 = "/identity/v2.0/tokens";

function expectRefusal(reply: TestResponse, code: number, title: string, message: unknown): void {
  expect([reply.status, reply.json]).toEqual([code, { error: { code, title, message } }]);
  expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
  expect(reply.headers.get("x-openstack-request-id")).toMatch(/^req-[0-9a-f-]{36}$/);
  expect(reply.headers.get("x-compute-request-id")).toBe(null);
  expect(reply.headers.get("x-subject-token")).toBe(null);
}

const expectUnauthorized = (reply: TestResponse) =>
  expectRefusal(reply, 401, "Unauthorized", "The request you have made requires authentication.");

const expectBadRequest = (reply: TestResponse) =>
  expectRefusal(reply, 400, "Bad Request", expect.any(String));

const passwordAuth = (user: unknown, scope?: unknown) => ({
  auth: { identity: { methods: ["password"], password: { user } }, scope },
});

const demoUser = { name: "demo", domain: { name: "Default" }, password: "demo" };

test("a body that is not JSON or not a token request returns 400 on v3 and v2.0", async () => {
  const { table, call } = await startCloud();

  await expectUnchanged(table, async () => {
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
        expectBadRequest(await call("POST", path, { as: null, body }));
  });
});

test("a malformed identity returns 400", async () => {
  const { call } = await startCloud();

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
    { identity: { methods: ["password"], password: { user: { ...demoUser, domain: "Default" } } } },
    { identity: { methods: ["token"], token: {} } },
    { identity: { methods: ["token"], token: { id: null } } },
    passwordAuth(demoUser, 1).auth,
    passwordAuth(demoUser, { project: "demo" }).auth,
    passwordAuth(demoUser, { project: { id: 1 } }).auth,
  ])
    expectBadRequest(await call("POST", tokens, { as: null, body: { auth } }));
});

test("every failed login returns the same 401 body", async () => {
  const { table, call } = await startCloud();
  const project = { id: projects.demo.id };

  await expectUnchanged(table, async () => {
    for (const body of [
      passwordAuth({ ...demoUser, password: "wrong" }),
      passwordAuth({ ...demoUser, password: "" }),
      passwordAuth({ ...demoUser, name: "nobody" }),
      passwordAuth({ ...demoUser, name: "" }),
      passwordAuth({ ...demoUser, name: "x".repeat(3_000) }),
      passwordAuth({ ...demoUser, name: "__proto__" }),
      passwordAuth({ ...demoUser, name: "default#demo" }),
      passwordAuth({ ...demoUser, domain: { name: "default" } }),
      passwordAuth({ ...demoUser, domain: { id: "other" } }),
      passwordAuth({ password: "demo" }),
      passwordAuth({ id: "x".repeat(3_000), password: "demo" }),
      passwordAuth({ id: "", password: "demo" }),
      passwordAuth({ id: "demo", password: "demo" }),
      passwordAuth({ ...demoUser, password: "p".repeat(50_000) }),
      passwordAuth(demoUser, { project: { id: projects.alt_demo.id } }),
      passwordAuth(demoUser, { project: { id: "nosuch" } }),
      passwordAuth(demoUser, { project: { name: "nosuch", domain: { name: "Default" } } }),
      passwordAuth(demoUser, { project: { name: "demo", domain: { name: "Other" } } }),
      passwordAuth(demoUser, { project: {} }),
      passwordAuth(demoUser, {}),
      passwordAuth(demoUser, { system: { all: true } }),
      passwordAuth(demoUser, { domain: { id: "default" } }),
      passwordAuth(demoUser, "scoped"),
      { auth: { identity: { methods: [] } } },
      { auth: { identity: { methods: ["password"] } } },
      { auth: { identity: { methods: ["totp"] } } },
      { auth: { identity: { methods: ["password", "token"], password: { user: demoUser } } } },
      { auth: { identity: { methods: ["token"], token: { id: "forged" } } } },
      { auth: { identity: { methods: ["token"], token: { id: "" } }, scope: { project } } },
    ])
      expectUnauthorized(await call("POST", tokens, { as: null, body }));
  });
});

test("v2.0: wrong credentials return 401, malformed credentials 400", async () => {
  const { table, call } = await startCloud();
  const post = (auth: unknown) => call("POST", tokensV2, { as: null, body: { auth } });
  const good = { username: "demo", password: "demo" };

  await expectUnchanged(table, async () => {
    expectUnauthorized(await post({ passwordCredentials: { ...good, password: "wrong" } }));
    expectUnauthorized(await post({ passwordCredentials: { ...good, username: "nobody" } }));
    expectUnauthorized(
      await post({ passwordCredentials: { ...good, username: "x".repeat(3_000) } }),
    );
    expectUnauthorized(await post({ passwordCredentials: good, tenantId: "nosuch" }));
    expectUnauthorized(await post({ passwordCredentials: good, tenantName: "alt_demo" }));
    expectUnauthorized(await post({ token: { id: "forged" } }));
    expectUnauthorized(
      await post({ "RAX-KSKEY:apiKeyCredentials": { username: "demo", apiKey: "wrong" } }),
    );
    expectBadRequest(await post({}));
    expectBadRequest(await post({ passwordCredentials: {} }));
    expectBadRequest(await post({ passwordCredentials: { username: "demo" } }));
    expectBadRequest(await post({ passwordCredentials: { username: "demo", password: 1 } }));
    expectBadRequest(await post({ "RAX-KSKEY:apiKeyCredentials": { username: "demo" } }));
    expectBadRequest(await post({ token: {} }));
    expectBadRequest(await post({ passwordCredentials: good, tenantId: 5 }));
  });
});

test("a body that is too large returns 413, one of another media type 415", async () => {
  const { call } = await startCloud();
  const ask = (headers: Record<string, string>, body: string) =>
    call("POST", tokens, { as: null, headers, body });

  expectRefusal(
    await ask({}, " ".repeat(114_689)),
    413,
    "Request Entity Too Large",
    expect.any(String),
  );
  const xml = { "content-type": "application/xml" };
  expectRefusal(await ask(xml, "<auth/>"), 415, "Unsupported Media Type", expect.any(String));
});

test("with a token, an unknown path returns 404 and a wrong method 405", async () => {
  const { at, call, token } = await startCloud();
  const headers = { "x-auth-token": await token() };

  for (const path of ["/v3/nosuch", "/v3/auth/tokens/x", "/v2.0/nosuch", "/v4", "/v3//auth"])
    expectRefusal(await call("GET", `/identity${path}`), 404, "Not Found", expect.any(String));
  for (const [method, path] of [
    ["PUT", tokens],
    ["PATCH", tokens],
    ["GET", tokensV2],
    ["POST", "/identity/v2.0/tenants"],
  ] as const)
    expectRefusal(
      await httpRequest(at, method, path, { headers, body: "{" }),
      405,
      "Method Not Allowed",
      expect.any(String),
    );
});

test("without a token everything except versions and login returns 401", async () => {
  const { call } = await startCloud();

  for (const [method, path] of [
    ["GET", tokens],
    ["DELETE", tokens],
    ["GET", "/identity/v2.0/tenants"],
    ["GET", "/identity/v3/users"],
  ] as const)
    expectUnauthorized(await call(method, path, { as: null }));
  const head = await call("HEAD", tokens, { as: null });
  expect([head.status, head.text]).toEqual([401, ""]);
});

test("an invalid subject token returns 404", async () => {
  const { table, call, token } = await startCloud();
  const good = await token();

  await expectUnchanged(table, async () => {
    for (const subject of ["", "forged", good.slice(1), `${good}x`, "a".repeat(4_000)])
      for (const method of ["GET", "DELETE"])
        expectRefusal(
          await call(method, tokens, { headers: { "x-subject-token": subject } }),
          404,
          "Not Found",
          expect.any(String),
        );
    expectRefusal(await call("GET", tokens), 404, "Not Found", expect.any(String));
  });
});
