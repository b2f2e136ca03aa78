import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { openBackend } from "../../../lambdas/deployed/backend.ts";
import { revocationLagMs } from "../../../lambdas/identity/database/revocations.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import { withBasicAuth } from "../../support/basic-auth.ts";
import { passwordLogin, postLogin, withTokenHeader } from "../../support/identity.ts";
import { issuedTokenOf, startKeystone } from "../../support/keystone.ts";

async function startWithMember() {
  const cloud = await startKeystone();
  const project = await cloud.made("projects", { name: "web" });
  const role = await cloud.made("roles", { name: "auditor" });
  const ann = await cloud.user("ann", { project: project.id, role: roleIds.member });
  await cloud.v3("PUT", `/projects/${project.id}/users/${ann.id}/roles/${role.id}`);
  await cloud.v3("PUT", `/roles/${role.id}/implies/${roleIds.reader}`);
  const scope = { project: { id: project.id } };
  const enter = async (password = "pw") => cloud.enter(ann.id, password, scope);
  return { ...cloud, project, role, ann, scope, enterAs: cloud.enter, enter };
}

type Member = Awaited<ReturnType<typeof startWithMember>>;

const revocations: Readonly<Record<string, readonly [(of: Member) => Promise<unknown>, boolean]>> =
  {
    "the user deleted": [({ v3, ann }) => v3("DELETE", `/users/${ann.id}`), false],
    "the user disabled": [
      ({ v3, ann }) => v3("PATCH", `/users/${ann.id}`, { user: { enabled: false } }),
      false,
    ],
    "the project deleted": [({ v3, project }) => v3("DELETE", `/projects/${project.id}`), false],
    "the project disabled": [
      ({ v3, project }) => v3("PATCH", `/projects/${project.id}`, { project: { enabled: false } }),
      false,
    ],
    "the user's and project's domain disabled": [
      ({ v3 }) => v3("PATCH", "/domains/default", { domain: { enabled: false } }),
      false,
    ],
    "the role taken away": [
      ({ v3, project, ann }) =>
        v3("DELETE", `/projects/${project.id}/users/${ann.id}/roles/${roleIds.member}`),
      true,
    ],
    "a role of the token deleted": [({ v3, role }) => v3("DELETE", `/roles/${role.id}`), true],
    "a role that a role of the token implied": [
      async ({ v3, role }) => v3("DELETE", `/roles/${role.id}/implies/${roleIds.reader}`),
      true,
    ],
    "the password set by an administrator": [
      ({ v3, ann }) => v3("PATCH", `/users/${ann.id}`, { user: { password: "pw" } }),
      true,
    ],
    "the password changed": [
      ({ v3, ann }) =>
        v3(
          "POST",
          `/users/${ann.id}/password`,
          { user: { original_password: "pw", password: "pw" } },
          { as: null },
        ),
      true,
    ],
  };

describe("a token is revoked at once by", () => {
  test.each(Object.entries(revocations))("%s", async (_, [end, again]) => {
    const cloud = await startWithMember();
    const token = issuedTokenOf(await cloud.enter());
    expect(await cloud.good(token)).toBe(true);
    cloud.pass(1);
    const done = (await end(cloud)) as { status: number };
    expect(done.status).toBeLessThan(300);
    expect(await cloud.good(token)).toBe(false);
    expect((await postLogin(cloud.call, tokenLogin(token))).status).toBe(401);
    cloud.pass(1);
    expect((await cloud.enter()).status).toBe(again ? 201 : 401);
  });
});

const tokenLogin = (id: string) => ({
  auth: { identity: { methods: ["token"], token: { id } } },
});

test("a revocation for one user leaves other users' tokens valid", async () => {
  for (const [end] of Object.values(revocations)) {
    if (end === revocations["the user's and project's domain disabled"]?.[0]) continue;
    const cloud = await startWithMember();
    const token = issuedTokenOf(await postLogin(cloud.call));
    cloud.pass(1);
    await end(cloud);
    expect(await cloud.good(token)).toBe(true);
  }
});

test("re-enabling allows new logins, but earlier tokens stay revoked", async () => {
  for (const what of ["users", "projects"] as const) {
    const { v3, enter, good, pass, ann, project } = await startWithMember();
    const path = `/${what}/${what === "users" ? ann.id : project.id}`;
    const one = what.replace(/s$/, "");
    const before = issuedTokenOf(await enter());
    pass(1);
    await v3("PATCH", path, { [one]: { enabled: false } });
    expect((await enter()).status).toBe(401);
    await v3("PATCH", path, { [one]: { enabled: true } });
    pass(1);
    expect(await good(issuedTokenOf(await enter()))).toBe(true);
    expect(await good(before)).toBe(false);
  }
});

test("another process knows the revocation within the lag", async () => {
  const { v3, enter, ann, table, environment, pass } = await startWithMember();
  const backend = openBackend(table);
  const other = await startKeystone({
    backend: () => backend,
    tokens: environment.tokens,
    now: environment.now,
  });
  const token = issuedTokenOf(await enter());
  expect(await other.good(token)).toBe(true);
  await v3("DELETE", `/users/${ann.id}`);
  pass(revocationLagMs);
  expect(await other.good(token)).toBe(false);
});

test("HTTP Basic: the cached password of a removed user is dropped", async () => {
  const { v3, user, call, pass } = await startKeystone();
  const ann = await user("ann", { project: projects.demo.id, role: roleIds.member });
  await v3("PATCH", `/users/${ann.id}`, { user: { default_project_id: projects.demo.id } });
  const headers = {
    authorization: `Basic ${Buffer.from("ann:pw").toString("base64")}`,
  };
  const ask = async () => (await call("GET", "/flavors", { ...withBasicAuth(), headers })).status;
  expect(await ask()).toBe(200);
  pass(1);
  await v3("PATCH", `/users/${ann.id}`, { user: { enabled: false } });
  expect(await ask()).toBe(401);
});

describe("names in tokens", () => {
  test("a renamed project is found by its new name and not by the old one", async () => {
    const { v3, call } = await startKeystone();
    await v3("PATCH", `/projects/${projects.demo.id}`, { project: { name: "renamed" } });
    const named = (name: string) =>
      postLogin(call, passwordLogin("demo", { project: { name, domain: { id: "default" } } }));
    expect((await named("demo")).status).toBe(401);
    expect((await named("renamed")).json.token.project).toMatchObject({
      id: projects.demo.id,
      name: "renamed",
    });
    const access = await postLogin(
      call,
      {
        auth: {
          passwordCredentials: { username: "demo", password: "demo" },
          tenantName: "renamed",
        },
      },
      "/identity/v2.0/tokens",
    );
    expect(access.json.access.token.tenant.name).toBe("renamed");
    const tenants = (await call("GET", "/identity/v2.0/tenants")).json.tenants;
    expect(tenants).toEqual([{ id: projects.demo.id, name: "renamed", enabled: true }]);
  });

  test("a renamed user, role and domain too, also when the token is shown later", async () => {
    const { v3, enter, ann, role, call } = await startWithMember();
    await v3("PATCH", `/users/${ann.id}`, { user: { name: "anna" } });
    await v3("PATCH", `/roles/${role.id}`, { role: { name: "inspector" } });
    await v3("PATCH", "/domains/default", { domain: { name: "Home" } });
    const issued = await enter();
    const { token } = issued.json;
    expect(token.user).toMatchObject({ name: "anna", domain: { id: "default", name: "Home" } });
    expect(token.project.domain).toEqual({ id: "default", name: "Home" });
    expect(token.roles).toContainEqual({ id: role.id, name: "inspector" });
    const subject = issuedTokenOf(issued);
    const shown = await call(
      "GET",
      "/identity/v3/auth/tokens",
      withTokenHeader(subject, { headers: { "x-subject-token": subject } }),
    );
    expect(shown.json).toEqual(issued.json);
  });
});

test("a token ends when a built-in role no longer implies a role", async () => {
  const { v3, good, enter, role, pass } = await startWithMember();
  const path = `/roles/${roleIds.member}/implies/${role.id}`;
  expect((await v3("PUT", path)).status).toBe(201);
  const token = issuedTokenOf(await enter());
  pass(1);
  expect((await v3("DELETE", path)).status).toBe(204);
  expect(await good(token)).toBe(false);
  pass(1);
  expect(await good(issuedTokenOf(await enter()))).toBe(true);
});
