import { expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import { roleIds, tokenLifetimeMs } from "../../../lambdas/identity/model/identity.ts";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import {
  addTestUser,
  passwordLogin,
  postLogin,
  projectByName,
  subjectTokenOf,
  tokensPath,
  withTokenHeader,
} from "../../support/identity.ts";

const demoId = accounts.find(({ name }) => name === "demo")?.id;

async function startWithUsers() {
  const cloud = await startCloud();
  await addTestUser(cloud.environment, { id: "two", name: "two" }, [
    [projects.demo, "reader"],
    [projects.alt_demo, "admin"],
  ]);
  await addTestUser(cloud.environment, { id: "none", name: "none" });
  const as = (id: string, scope?: unknown) =>
    postLogin(cloud.call, {
      auth: {
        identity: { methods: ["password"], password: { user: { id, password: "pw" } } },
        scope,
      },
    });
  return { ...cloud, as };
}

test("a login by name and domain returns 201 with the token in a header and its claims in the body", async () => {
  const { call, now } = await startCloud();
  const reply = await postLogin(call, passwordLogin("demo", projectByName("demo")));
  const { token } = reply.json;

  expect(reply.status).toBe(201);
  expect(reply.headers.get("vary")).toBe("X-Auth-Token");
  expect(reply.headers.get("content-type")).toBe("application/json");
  expect(token).toMatchObject({
    methods: ["password"],
    user: {
      id: demoId,
      name: "demo",
      domain: { id: "default", name: "Default" },
      password_expires_at: null,
    },
    project: { ...projects.demo, domain: { id: "default", name: "Default" } },
    is_domain: false,
    roles: [
      { id: roleIds.member, name: "member" },
      { id: roleIds.reader, name: "reader" },
    ],
    audit_ids: [expect.any(String)],
    issued_at: "2026-01-15T12:00:00.000000Z",
    expires_at: "2026-01-15T13:00:00.000000Z",
  });
  expect(Date.parse(token.expires_at) - now()).toBe(tokenLifetimeMs);
  expect((await call("GET", "/v2.1/servers", withTokenHeader(subjectTokenOf(reply)))).status).toBe(
    200,
  );
});

test("a login by id needs no domain; one by name may give it by id or omit it", async () => {
  const { call } = await startCloud();

  for (const user of [
    { id: demoId, password: "demo" },
    { name: "demo", domain: { id: "default" }, password: "demo" },
    { name: "demo", password: "demo" },
  ]) {
    const reply = await postLogin(call, {
      auth: { identity: { methods: ["password"], password: { user } } },
    });
    expect([reply.status, reply.json.token?.user.id]).toEqual([201, demoId]);
  }
});

test("a scope names its project by id or name, with or without a domain", async () => {
  const { call } = await startCloud();

  for (const project of [
    { id: projects.demo.id },
    { name: "demo", domain: { id: "default" } },
    { name: "demo", domain: { name: "Default" } },
    { name: "demo" },
  ]) {
    const reply = await postLogin(call, passwordLogin("demo", { project }));
    expect([reply.status, reply.json.token?.project.id]).toEqual([201, projects.demo.id]);
  }
});

test("without scope a token is for the default project, or unscoped", async () => {
  const { as, call } = await startWithUsers();

  expect((await postLogin(call)).json.token.project.id).toBe(projects.demo.id);
  for (const id of ["two", "none"]) {
    const { status, json } = await as(id);
    expect(status).toBe(201);
    for (const key of ["project", "roles", "catalog", "is_domain"])
      expect(json.token).not.toHaveProperty(key);
  }
});

test("an unscoped token has no project, and can be exchanged for a scoped one", async () => {
  const { as, call } = await startWithUsers();
  for (const scope of ["unscoped", { unscoped: {} }]) {
    const unscoped = subjectTokenOf(await as("two", scope));
    expect((await call("GET", "/v2.1/servers", withTokenHeader(unscoped))).status).toBe(403);

    const scoped = await postLogin(call, {
      auth: {
        identity: { methods: ["token"], token: { id: unscoped } },
        scope: { project: { id: projects.alt_demo.id } },
      },
    });
    expect(scoped.status).toBe(201);
    expect(scoped.json.token.roles.map(({ name }: { name: string }) => name)).toEqual([
      "admin",
      "manager",
      "member",
      "reader",
    ]);
  }
});

test("a project without a role assignment returns 401", async () => {
  const { as, call } = await startWithUsers();

  expect((await as("none", { project: { id: projects.demo.id } })).status).toBe(401);
  expect((await postLogin(call, passwordLogin("demo", projectByName("alt_demo")))).status).toBe(
    401,
  );
});

test("a token issued for a token expires with it and lists both methods", async () => {
  const { call, pass } = await startCloud();
  const first = await postLogin(call);
  pass(600_000);
  const again = await postLogin(call, {
    auth: {
      identity: { methods: ["token"], token: { id: subjectTokenOf(first) } },
      scope: projectByName("demo"),
    },
  });

  expect(again.status).toBe(201);
  expect(again.json.token.expires_at).toBe(first.json.token.expires_at);
  expect(again.json.token.issued_at).toBe("2026-01-15T12:10:00.000000Z");
  expect(again.json.token.methods.toSorted()).toEqual(["password", "token"]);
  pass(tokenLifetimeMs - 600_000 - 1);
  expect((await call("GET", "/v2.1/servers", withTokenHeader(subjectTokenOf(again)))).status).toBe(
    200,
  );
  pass(1);
  expect((await call("GET", "/v2.1/servers", withTokenHeader(subjectTokenOf(again)))).status).toBe(
    401,
  );
});

test("an expired or revoked token is not exchanged", async () => {
  const { call, pass } = await startCloud();
  const token = subjectTokenOf(await postLogin(call));
  const again = { auth: { identity: { methods: ["token"], token: { id: token } } } };
  const revoked = subjectTokenOf(await postLogin(call));
  await call(
    "DELETE",
    tokensPath,
    withTokenHeader(token, { headers: { "x-subject-token": revoked } }),
  );

  expect((await postLogin(call, again)).status).toBe(201);
  pass(tokenLifetimeMs);
  expect((await postLogin(call, again)).status).toBe(401);
  expect(
    (await postLogin(call, { auth: { identity: { methods: ["token"], token: { id: revoked } } } }))
      .status,
  ).toBe(401);
});

test("nocatalog omits the catalog", async () => {
  const { call } = await startCloud();

  for (const query of ["?nocatalog", "?nocatalog=1"])
    expect(
      (await postLogin(call, passwordLogin(), tokensPath + query)).json.token,
    ).not.toHaveProperty("catalog");
});

test("a login body with unknown members is accepted", async () => {
  const { call } = await startCloud();
  const { auth } = passwordLogin();

  expect(
    (await postLogin(call, { auth: { ...auth, tenantName: "demo", scope: undefined }, more: 1 }))
      .status,
  ).toBe(201);
});

test("the catalog uses the host of the request", async () => {
  const { at, call } = await startCloud();
  const urls = (json: { token: { catalog: { type: string; endpoints: { url: string }[] }[] } }) =>
    Object.fromEntries(json.token.catalog.map(({ type, endpoints }) => [type, endpoints[0]?.url]));
  const expected = (origin: string) => ({
    "block-storage": `${origin}/volume/v3/${projects.demo.id}`,
    compute: `${origin}/v2.1`,
    compute_legacy: `${origin}/v2/${projects.demo.id}`,
    identity: `${origin}/identity`,
    image: `${origin}/image`,
    network: `${origin}/network`,
    volumev3: `${origin}/volume/v3/${projects.demo.id}`,
  });

  const { token } = (await postLogin(call)).json;
  expect(urls({ token })).toEqual(expected(at));
  for (const { id, name, endpoints } of token.catalog) {
    expect([id, name]).toEqual([expect.any(String), expect.any(String)]);
    expect(endpoints.map((one: { interface: string }) => one.interface).sort()).toEqual([
      "admin",
      "internal",
      "public",
    ]);
    for (const one of endpoints)
      expect([one.region, one.region_id, typeof one.id]).toEqual([
        "RegionOne",
        "RegionOne",
        "string",
      ]);
  }
  const headers = { host: "cloud.example.com:8774", "x-forwarded-proto": "https" };
  const elsewhere = await httpRequest(at, "POST", tokensPath, { headers, body: passwordLogin() });
  expect(urls(elsewhere.json)).toEqual(expected("https://cloud.example.com:8774"));
});

test("issuing a token costs at most three DynamoDB calls", async () => {
  const { call, commands } = await startCloud();
  commands.length = 0;
  await postLogin(call);
  expect(commands).toEqual(["Query", "GetItem", "GetItem"]);

  const token = subjectTokenOf(await postLogin(call));
  commands.length = 0;
  await postLogin(call, { auth: { identity: { methods: ["token"], token: { id: token } } } });
  expect(commands.length).toBeLessThanOrEqual(3);
});

test("a password with a NUL at its end does not log in", async () => {
  const { call } = await startCloud();
  const user = { name: "demo", domain: { name: "Default" }, password: "demo\0" };
  const identity = { methods: ["password"], password: { user } };
  expect((await postLogin(call, { auth: { identity } })).status).toBe(401);
});
