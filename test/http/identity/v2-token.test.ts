import { expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import { hashPassword } from "../../../lambdas/identity/authentication/passwords.ts";
import { tokenLifetimeMs } from "../../../lambdas/identity/model/identity.ts";
import { startCloud } from "../../support/cloud.ts";
import { addTestUser, postLogin, tokensV2Path, withTokenHeader } from "../../support/identity.ts";

const demoCredentials = { username: "demo", password: "demo" };

async function startWithPost() {
  const cloud = await startCloud();
  const post = (auth: unknown) => postLogin(cloud.call, { auth }, tokensV2Path);
  return { ...cloud, post };
}

test("v2.0: a name and password return 200 with an access object", async () => {
  const { post, call } = await startWithPost();
  const reply = await post({ passwordCredentials: demoCredentials });
  const { token, user } = reply.json.access;

  expect(reply.status).toBe(200);
  expect(token).toEqual({
    id: expect.any(String),
    issued_at: "2026-01-15T12:00:00Z",
    expires: "2026-01-15T13:00:00Z",
    tenant: { ...projects.demo, enabled: true },
  });
  expect(user).toEqual({
    id: accounts.find(({ name }) => name === "demo")?.id,
    name: "demo",
    username: "demo",
    roles: [{ name: "member" }, { name: "reader" }],
    roles_links: [],
  });
  expect((await call("GET", "/v2.1/servers", withTokenHeader(token.id))).status).toBe(200);
});

test("v2.0: a tenant is given by id or name", async () => {
  const { post } = await startWithPost();

  for (const tenant of [{ tenantId: projects.demo.id }, { tenantName: "demo" }])
    expect(
      (await post({ passwordCredentials: demoCredentials, ...tenant })).json.access.token.tenant.id,
    ).toBe(projects.demo.id);
  expect(
    (await post({ passwordCredentials: demoCredentials, tenantName: "alt_demo" })).status,
  ).toBe(401);
});

test("v2.0: Rackspace's API key works as login, and not as password", async () => {
  const { call, environment } = await startWithPost();
  const secrets = { password: await hashPassword("word", 2), apiKey: await hashPassword("key", 2) };
  const rax = { name: "rax", ...secrets, defaultProject: projects.demo.id };
  await addTestUser(environment, rax, [[projects.demo, "member"]]);
  const status = async (auth: unknown) => (await postLogin(call, { auth }, tokensV2Path)).status;
  const byKey = (apiKey: string) => ({
    "RAX-KSKEY:apiKeyCredentials": { username: "rax", apiKey },
  });
  const byPassword = (password: string) => ({ passwordCredentials: { username: "rax", password } });

  expect([await status(byKey("key")), await status(byPassword("word"))]).toEqual([200, 200]);
  expect([await status(byKey("word")), await status(byPassword("key"))]).toEqual([401, 401]);
});

test("v2.0: a token is exchanged for a tenant token with the same expiry", async () => {
  const { post, call, pass } = await startWithPost();
  const first = (await post({ passwordCredentials: demoCredentials })).json.access.token;
  pass(60_000);
  const reply = await post({ token: { id: first.id }, tenantId: projects.demo.id });

  expect(reply.status).toBe(200);
  expect(reply.json.access.token.expires).toBe(first.expires);
  pass(tokenLifetimeMs - 60_000);
  expect(
    (await call("GET", "/v2.1/servers", withTokenHeader(reply.json.access.token.id))).status,
  ).toBe(401);
});

test("v2.0: the tenants of a token are its user's projects", async () => {
  const { call } = await startWithPost();

  expect((await call("GET", "/identity/v2.0/tenants")).json).toEqual({
    tenants: [{ ...projects.demo, enabled: true }],
    tenants_links: [],
  });
});

test("v2.0: a user without a default tenant gets a token, lists tenants, then gets a tenant token", async () => {
  const { call, environment, post } = await startWithPost();
  await addTestUser(environment, { name: "two" }, [
    [projects.demo, "member"],
    [projects.alt_demo, "reader"],
  ]);
  const { access } = (await post({ passwordCredentials: { username: "two", password: "pw" } }))
    .json;
  expect(access.token).not.toHaveProperty("tenant");
  expect(access.serviceCatalog).toEqual([]);

  const { tenants } = (
    await call("GET", "/identity/v2.0/tenants", withTokenHeader(access.token.id))
  ).json;
  expect(tenants.map(({ id }: { id: string }) => id).sort()).toEqual(
    [projects.demo.id, projects.alt_demo.id].sort(),
  );
  const again = await post({ token: { id: access.token.id }, tenantId: projects.alt_demo.id });
  expect(again.json.access.user.roles).toEqual([{ name: "reader" }]);
});

test("v2.0: the catalog has Rackspace's name for the compute service, with the project's URL", async () => {
  const { at, post } = await startWithPost();
  const { serviceCatalog } = (await post({ passwordCredentials: demoCredentials })).json.access;
  const compute = serviceCatalog.find(
    ({ name }: { name: string }) => name === "cloudServersOpenStack",
  );

  expect(compute.type).toBe("compute");
  expect(compute.endpoints[0]).toMatchObject({
    region: "RegionOne",
    publicURL: `${at}/v2/${projects.demo.id}`,
    tenantId: projects.demo.id,
  });
});
