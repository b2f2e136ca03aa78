import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import { postLogin, withTokenHeader } from "../../support/identity.ts";
import { issuedTokenOf, startKeystone } from "../../support/keystone.ts";

const roleNames = (roles: readonly { name: string }[]) => roles.map(({ name }) => name);

test("a user of another domain logs in there by name, in its projects, and not in the default domain", async () => {
  const { made, v3, call } = await startKeystone();
  const other = await made("domains", { name: "other" });
  const project = await made("projects", { name: "web", domain_id: other.id });
  const bob = await made("users", { name: "demo", password: "bob", domain_id: other.id });
  await v3("PUT", `/projects/${project.id}/users/${bob.id}/roles/${roleIds.reader}`);

  const enter = (domain: object, scope: object) =>
    postLogin(call, {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "demo", domain, password: "bob" } },
        },
        scope: { project: scope },
      },
    });
  for (const domain of [{ id: other.id }, { name: "other" }]) {
    const { status, json } = await enter(domain, { name: "web", domain });
    expect([status, json.token?.user.id, json.token?.project.domain]).toEqual([
      201,
      bob.id,
      { id: other.id, name: "other" },
    ]);
    expect(json.token.user.domain).toEqual({ id: other.id, name: "other" });
  }
  expect((await enter({ id: "default" }, { id: project.id })).status).toBe(401);
  expect((await enter({ name: "other" }, { name: "web" })).status).toBe(401);
  const token = issuedTokenOf(await enter({ name: "other" }, { id: project.id }));
  expect((await call("GET", "/v2.1/servers", withTokenHeader(token))).status).toBe(200);
});

test("a token scoped to a domain or the system has that scope's roles and catalog, and opens no project", async () => {
  const { v3, user, enter, call } = await startKeystone();
  const ann = await user("ann");
  for (const [path, scope, says] of [
    ["/domains/default", { domain: { id: "default" } }, { domain: { id: "default" } }],
    ["/system", { system: { all: true } }, { system: { all: true } }],
  ] as const) {
    expect((await enter(ann.id, "pw", scope)).status).toBe(401);
    const given = await v3("PUT", `${path}/users/${ann.id}/roles/${roleIds.admin}`);
    expect([given.status, given.text]).toEqual([204, ""]);
    const reply = await enter(ann.id, "pw", scope);
    expect(reply.json.token).toMatchObject(says);
    expect(reply.json.token).not.toHaveProperty("project");
    expect(roleNames(reply.json.token.roles)).toEqual(["admin", "manager", "member", "reader"]);
    const types = reply.json.token.catalog.map(({ type }: { type: string }) => type);
    expect(types).toEqual(["compute", "identity", "image", "network"]);
    const options = withTokenHeader(issuedTokenOf(reply));
    expect((await v3("GET", "/users", undefined, options)).status).toBe(200);
    expect((await call("GET", "/v2.1/servers", options)).status).toBe(403);
    await v3("DELETE", `${path}/users/${ann.id}/roles/${roleIds.admin}`);
    expect((await v3("GET", "/users", undefined, options)).status).toBe(401);
  }
});

test("an assigned role adds its implied roles to tokens; a domain role adds only its implied roles", async () => {
  const { v3, made, user, enter } = await startKeystone();
  const ann = await user("ann");
  const boss = await made("roles", { name: "boss" });
  const local = await made("roles", { name: "admin", domain_id: "default" });
  const on = `/projects/${projects.demo.id}/users/${ann.id}/roles`;
  const rolesNow = async () => {
    const reply = await enter(ann.id, "pw", { project: { id: projects.demo.id } });
    return reply.status === 201 ? reply.json.token.roles : reply.status;
  };

  await v3("PUT", `${on}/${local.id}`);
  expect(await rolesNow()).toBe(401);
  await v3("PUT", `/roles/${local.id}/implies/${boss.id}`);
  await v3("PUT", `/roles/${boss.id}/implies/${roleIds.member}`);
  expect(await rolesNow()).toEqual([
    { id: boss.id, name: "boss" },
    { id: roleIds.member, name: "member" },
    { id: roleIds.reader, name: "reader" },
  ]);
  const { json } = await v3("PUT", `/roles/${boss.id}/implies/${roleIds.admin}`);
  expect(json.error.code).toBe(403);
  await v3("DELETE", `/roles/${boss.id}/implies/${roleIds.member}`);
  expect(roleNames(await rolesNow())).toEqual(["boss"]);
  const gone = await v3("GET", `/roles/${boss.id}/implies/${roleIds.member}`);
  expect(gone.json.error.message).toBe(`${boss.id} does not imply ${roleIds.member}.`);
});

test("a grant is created idempotently, checked, listed and deleted, and an unknown one returns 404", async () => {
  const { v3, user } = await startKeystone();
  const ann = await user("ann");
  for (const at of [`/projects/${projects.demo.id}`, "/domains/default", "/system"]) {
    const path = `${at}/users/${ann.id}/roles`;
    const status = async (method: string) => (await v3(method, `${path}/${roleIds.member}`)).status;
    expect([await status("HEAD"), await status("DELETE")]).toEqual([404, 404]);
    await Promise.all([status("PUT"), status("PUT")]);
    expect(await status("HEAD")).toBe(204);
    expect(roleNames((await v3("GET", path)).json.roles)).toEqual(["member"]);
    expect([await status("DELETE"), await status("HEAD")]).toEqual([204, 404]);
    expect((await v3("GET", path)).json.roles).toEqual([]);
  }
});

test("a grant for an unknown resource returns 404 with a message", async () => {
  const { v3, user } = await startKeystone();
  const ann = await user("ann");
  for (const [path, message] of [
    [`/projects/x/users/${ann.id}/roles/${roleIds.member}`, "Could not find project: x."],
    [`/domains/x/users/${ann.id}/roles/${roleIds.member}`, "Could not find domain: x."],
    [`/system/users/x/roles/${roleIds.member}`, "Could not find user: x."],
    [`/system/users/${ann.id}/roles/x`, "Could not find role: x."],
  ])
    for (const method of ["PUT", "DELETE"]) {
      const reply = await v3(method, path ?? "");
      expect([reply.status, reply.json.error.message]).toEqual([404, message]);
    }
});

test("concurrent assignments for one user are all stored", async () => {
  const { v3, user, made } = await startKeystone();
  const ann = await user("ann");
  const roles = [];
  for (let i = 0; i < 5; i++) roles.push(await made("roles", { name: `role ${i}` }));
  const path = `/projects/${projects.demo.id}/users/${ann.id}/roles`;
  const all = await Promise.all(roles.map(({ id }) => v3("PUT", `${path}/${id}`)));
  expect(all.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  expect((await v3("GET", path)).json.roles).toHaveLength(5);
});

test("role assignments are listed in full, filtered, effective, and with names", async () => {
  const { v3, user, at } = await startKeystone();
  const ann = await user("ann", { project: projects.demo.id, role: roleIds.member });
  await v3("PUT", `/system/users/${ann.id}/roles/${roleIds.reader}`);
  const ask = async (query: string) =>
    (await v3("GET", `/role_assignments?${query}`)).json.role_assignments;

  expect(await ask("")).toHaveLength(6);
  expect(await ask(`user.id=${ann.id}&scope.project.id=${projects.demo.id}`)).toEqual([
    {
      links: {
        assignment: `${at}/identity/v3/projects/${projects.demo.id}/users/${ann.id}/roles/${roleIds.member}`,
      },
      scope: { project: { id: projects.demo.id } },
      user: { id: ann.id },
      role: { id: roleIds.member },
    },
  ]);
  expect(
    await ask(`user.id=${ann.id}&effective&scope.project.id=${projects.demo.id}`),
  ).toHaveLength(2);
  const [one] = await ask(`user.id=${ann.id}&scope.system=all&include_names=True`);
  expect([one.scope, one.user.name, one.role.name, one.user.domain.name]).toEqual([
    { system: { all: true } },
    "ann",
    "reader",
    "Default",
  ]);
  expect(await ask(`role.id=${roleIds.reader}`)).toHaveLength(2);
  expect(await ask("group.id=x")).toEqual([]);
  expect((await v3("GET", "/role_assignments?scope.system=all&scope.domain.id=x")).status).toBe(
    400,
  );
});
