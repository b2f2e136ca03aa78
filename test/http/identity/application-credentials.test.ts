import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import {
  passwordLogin,
  postLogin,
  projectByName,
  withTokenHeader,
} from "../../support/identity.ts";
import { issuedTokenOf, startKeystone } from "../../support/keystone.ts";

async function startWithOwner() {
  const cloud = await startKeystone();
  const { v3, call, enter } = cloud;
  const ann = await cloud.user("ann", { project: projects.demo.id, role: roleIds.member });
  const token = issuedTokenOf(await enter(ann.id, "pw", { project: { id: projects.demo.id } }));
  const path = `/users/${ann.id}/application_credentials`;
  const create = (attributes: object, as = token) =>
    v3("POST", path, { application_credential: attributes }, withTokenHeader(as));
  const use = (credential: object, scope?: unknown) =>
    postLogin(call, {
      auth: {
        identity: { methods: ["application_credential"], application_credential: credential },
        scope,
      },
    });
  return { ...cloud, ann, token, path, create, use };
}

test("an application credential shows its secret once, and logs in to its project", async () => {
  const { create, use, v3, path, token, ann, call } = await startWithOwner();
  const reply = await create({ name: "app", description: "a program" });
  const { id, secret } = reply.json.application_credential;
  expect(reply.status).toBe(201);
  expect(secret).toMatch(/^[\w-]{86}$/);
  expect(reply.json.application_credential).toMatchObject({
    name: "app",
    description: "a program",
    project_id: projects.demo.id,
    expires_at: null,
    unrestricted: false,
    roles: [
      { id: roleIds.member, name: "member", domain_id: null },
      { id: roleIds.reader, name: "reader", domain_id: null },
    ],
  });
  for (const at of [path, `${path}/${id}`]) {
    const shown = await v3("GET", at, undefined, withTokenHeader(token));
    expect([shown.status, shown.text.includes("secret")]).toEqual([200, false]);
  }
  for (const credential of [
    { id, secret },
    { name: "app", secret, user: { id: ann.id } },
    { name: "app", secret, user: { name: "ann", domain: { name: "Default" } } },
  ]) {
    const entered = await use(credential);
    expect(entered.json.token).toMatchObject({
      methods: ["application_credential"],
      user: { id: ann.id },
      project: projects.demo,
      application_credential: { id, restricted: true },
    });
    expect(
      (await call("GET", "/v2.1/servers", withTokenHeader(issuedTokenOf(entered)))).status,
    ).toBe(200);
  }
});

test("a wrong secret or a scope makes the login fail", async () => {
  const { create, use, ann } = await startWithOwner();
  const { id, secret } = (await create({ name: "app", secret: "word" })).json
    .application_credential;
  expect(secret).toBe("word");
  for (const credential of [
    { id, secret: "wrong" },
    { id: "x", secret },
    { name: "app", secret, user: { id: "x" } },
    { name: "app", secret, user: { name: "nobody" } },
    { name: "app", secret, user: { name: "ann", domain: { name: "elsewhere" } } },
    { name: "nope", secret, user: { id: ann.id } },
    { name: "app", secret },
    { name: "", secret, user: { id: ann.id } },
  ])
    expect([credential, (await use(credential)).status]).toEqual([credential, 401]);
  expect((await use({ id, secret }, { project: { id: projects.demo.id } })).status).toBe(400);
  expect((await use({ id })).status).toBe(400);
});

test("an application credential has the roles chosen at creation, and never one that its creator lacks", async () => {
  const { create, use } = await startWithOwner();
  const reader = (await create({ name: "r", roles: [{ name: "reader" }] })).json
    .application_credential;
  expect((await use(reader)).json.token.roles).toEqual([{ id: roleIds.reader, name: "reader" }]);
  const implied = (await create({ name: "m", roles: [{ id: roleIds.member }] })).json;
  expect(implied.application_credential.roles).toHaveLength(2);
  const { status, json } = await create({ name: "a", roles: [{ id: roleIds.admin }] });
  expect([status, json.error.message]).toEqual([
    400,
    "Invalid application credential: Cannot create an application credential with unassigned role",
  ]);
  expect((await create({ name: "n", roles: [{ name: "nope" }] })).status).toBe(404);
});

test("an application credential expires on time, together with its last token", async () => {
  const { create, use, pass, now, good } = await startWithOwner();
  const expires_at = new Date(now() + 600_000).toISOString().replace("Z", "");
  const made = (await create({ name: "app", expires_at })).json.application_credential;
  expect(made.expires_at).toBe("2026-01-15T12:10:00.000000");
  const token = issuedTokenOf(await use(made));
  pass(599_999);
  expect([await good(token), (await use(made)).status]).toEqual([true, 201]);
  pass(1);
  expect([await good(token), (await use(made)).status]).toEqual([false, 401]);
  for (const bad of ["2020-01-01T00:00:00", "tomorrow", "2030-99-01T00:00:00", ""])
    expect([bad, (await create({ name: `at ${bad}`, expires_at: bad })).status]).toEqual([
      bad,
      bad === "" ? 201 : 400,
    ]);
});

test("an application credential ends with its tokens when it, its user or a role of the user on its project is removed", async () => {
  for (const end of ["itself", "user", "role"] as const) {
    const { create, use, v3, path, token, ann, good, pass } = await startWithOwner();
    const made = (await create({ name: "app" })).json.application_credential;
    const entered = issuedTokenOf(await use(made));
    pass(1);
    const done =
      end === "itself"
        ? await v3("DELETE", `${path}/${made.id}`, undefined, withTokenHeader(token))
        : await v3(
            "DELETE",
            end === "user"
              ? `/users/${ann.id}`
              : `/projects/${projects.demo.id}/users/${ann.id}/roles/${roleIds.member}`,
          );
    expect(done.status).toBe(204);
    expect([end, await good(entered), (await use(made)).status]).toEqual([end, false, 401]);
    const shown = await v3("GET", `${path}/${made.id}`);
    expect([shown.status, shown.json.error.message]).toEqual([
      404,
      `Could not find Application Credential: ${made.id}.`,
    ]);
  }
});

test("the name of a deleted credential is free, and a new one has its own secret", async () => {
  const { create, use, v3, path, token } = await startWithOwner();
  const old = (await create({ name: "app" })).json.application_credential;
  expect((await create({ name: "app" })).status).toBe(409);
  await v3("DELETE", `${path}/${old.id}`, undefined, withTokenHeader(token));
  const fresh = (await create({ name: "app" })).json.application_credential;
  expect([(await use(old)).status, (await use(fresh)).status]).toEqual([401, 201]);
});

test("a restricted credential cannot manage credentials, an unrestricted one can; neither is rescoped", async () => {
  const { create, use, v3, path, call } = await startWithOwner();
  const tame = (await create({ name: "tame" })).json.application_credential;
  const wild = (await create({ name: "wild", unrestricted: true })).json.application_credential;
  const [restricted, free] = [issuedTokenOf(await use(tame)), issuedTokenOf(await use(wild))];
  for (const refused of [
    await create({ name: "more" }, restricted),
    await v3("DELETE", `${path}/${wild.id}`, undefined, withTokenHeader(restricted)),
  ])
    expect(refused.status).toBe(403);
  expect((await create({ name: "more" }, free)).status).toBe(201);
  const exchange = (id: string) => ({
    auth: {
      identity: { methods: ["token"], token: { id } },
      scope: projectByName("demo"),
    },
  });
  for (const token of [restricted, free])
    expect((await postLogin(call, exchange(token))).status).toBe(401);
});

test("only the owner creates credentials, and only the owner and administrators see them", async () => {
  const { create, v3, path, call } = await startWithOwner();
  const made = (await create({ name: "app" })).json.application_credential;
  const demo = issuedTokenOf(await postLogin(call, passwordLogin()));
  expect((await create({ name: "mine" }, demo)).status).toBe(403);
  expect((await v3("POST", path, { application_credential: { name: "x" } })).status).toBe(403);
  for (const method of ["GET", "DELETE"])
    expect((await v3(method, `${path}/${made.id}`, undefined, withTokenHeader(demo))).status).toBe(
      403,
    );
  expect((await v3("GET", path)).json.application_credentials).toHaveLength(1);
  const own = (await v3("GET", "/users?name=demo")).json.users[0].id;
  const crossed = `/users/${own}/application_credentials/${made.id}`;
  expect((await v3("GET", crossed, undefined, withTokenHeader(demo))).status).toBe(404);
});

test("a body outside the schema and an unsupported member return 400", async () => {
  const { create } = await startWithOwner();
  for (const attributes of [
    {},
    { name: "" },
    { name: 1 },
    { name: "x", roles: {} },
    { name: "x", roles: ["member"] },
    { name: "x", unrestricted: "yes" },
    { name: "x", expires_at: 1 },
    { name: "x", access_rules: [{ path: "/v2.1/servers", method: "GET", service: "compute" }] },
  ])
    expect([attributes, (await create(attributes)).status]).toEqual([attributes, 400]);
});
