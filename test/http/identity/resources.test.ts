import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import { startKeystone } from "../../support/keystone.ts";

const collections = ["projects", "users", "roles", "domains"] as const;

const singular = (collection: string) => collection.replace(/s$/, "");

describe.each(collections)("%s", (collection) => {
  const one = singular(collection);

  test("can be created, listed, shown, changed and deleted", async () => {
    const { v3, at } = await startKeystone();
    const attributes = { name: "web", description: "hello", colour: "red" };
    const made = await v3("POST", `/${collection}`, { [one]: attributes });
    const { id, links } = made.json[one];
    const path = `/${collection}/${id}`;

    expect(made.status).toBe(201);
    expect(made.json[one]).toMatchObject(attributes);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(links).toEqual({ self: `${at}/identity/v3${path}` });
    const listed = (await v3("GET", `/${collection}`)).json;
    expect(listed[collection]).toContainEqual(made.json[one]);
    expect(listed.links).toEqual({
      self: `${at}/identity/v3/${collection}`,
      previous: null,
      next: null,
    });
    expect((await v3("GET", path)).json).toEqual(made.json);

    const changed = await v3("PATCH", path, { [one]: { name: "db", size: 3 } });
    const after = { ...made.json[one], name: "db", size: 3 };
    expect([changed.status, changed.json[one]]).toEqual([200, after]);
    expect((await v3("GET", path)).json[one]).toEqual(after);

    if (one === "domain") await v3("PATCH", path, { domain: { enabled: false } });
    const gone = await v3("DELETE", path);
    expect([gone.status, gone.text]).toEqual([204, ""]);
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const reply = await v3(method, path, method === "PATCH" ? { [one]: {} } : undefined);
      expect([reply.status, reply.json.error.message]).toEqual([
        404,
        `Could not find ${one}: ${id}.`,
      ]);
    }
  });

  test("are found by name through the filter, and only by id in the path", async () => {
    const { v3, made } = await startKeystone();
    await made(collection, { name: "web" });
    const names = async (query: string) =>
      (await v3("GET", `/${collection}?${query}`)).json[collection].map(
        ({ name }: { name: string }) => name,
      );

    expect((await v3("GET", `/${collection}/web`)).status).toBe(404);
    expect(await names("name=web")).toEqual(["web"]);
    expect(await names("name=nope")).toEqual([]);
    expect(await names("name__startswith=we")).toEqual(["web"]);
    expect(await names("name=web&limit=1&marker=x&sort_key=name&nonsense=1")).toEqual(["web"]);
    expect(await names("name__contains=e&name__endswith=b")).toEqual(["web"]);
  });

  test("have unique names: 409 on create and rename, and free after delete", async () => {
    const { v3, made } = await startKeystone();
    const web = await made(collection, { name: "web" });
    const db = await made(collection, { name: "db" });
    const sentence = {
      projects:
        /^Conflict occurred attempting to store project - it is not permitted to have two projects with either the same name or same id in the same domain: name is web, project id [0-9a-f]{32}\.$/,
      users:
        /^Conflict occurred attempting to store user - Duplicate entry found with name web at domain ID default\.$/,
      roles: /^Conflict occurred attempting to store role - Duplicate entry found with name web\.$/,
      domains:
        /^Conflict occurred attempting to store project - it is not permitted to have two projects acting as domains with the same name: web\.$/,
    }[collection];
    const taken = [
      await v3("POST", `/${collection}`, { [one]: { name: "web" } }),
      await v3("PATCH", `/${collection}/${db.id}`, { [one]: { name: "web" } }),
    ];
    for (const { status, json } of taken) {
      expect([status, json.error.title]).toEqual([409, "Conflict"]);
      expect(json.error.message).toMatch(sentence);
    }
    await v3("PATCH", `/${collection}/${web.id}`, { [one]: { name: "moved" } });
    expect((await v3("PATCH", `/${collection}/${db.id}`, { [one]: { name: "web" } })).status).toBe(
      200,
    );
    expect((await v3("POST", `/${collection}`, { [one]: { name: "db" } })).status).toBe(201);
  });

  test("created concurrently with one name: exactly one succeeds", async () => {
    const { v3 } = await startKeystone();
    const all = await Promise.all(
      Array.from({ length: 6 }, () => v3("POST", `/${collection}`, { [one]: { name: "web" } })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await v3("GET", `/${collection}?name=web`)).json[collection]).toHaveLength(1);
  });

  test("two concurrent renames to one name: exactly one succeeds", async () => {
    const { v3, made } = await startKeystone();
    const [a, b] = [await made(collection, { name: "a" }), await made(collection, { name: "b" })];
    const all = await Promise.all(
      [a, b].map(({ id }) => v3("PATCH", `/${collection}/${id}`, { [one]: { name: "web" } })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("a body outside the schema returns 400 and creates nothing", async () => {
    const { v3 } = await startKeystone();
    const before = (await v3("GET", `/${collection}`)).json[collection];
    for (const body of [
      {},
      { [one]: null },
      { [one]: {} },
      { [one]: [] },
      { [one]: { name: "" } },
      { [one]: { name: "   " } },
      { [one]: { name: null } },
      { [one]: { name: 5 } },
      { [one]: { name: "x".repeat(256) } },
      { [one]: { name: "x", description: 1 } },
      { [one]: { name: "x", extra: "x".repeat(66_000) } },
      ...(one === "role" ? [] : [{ [one]: { name: "x", enabled: "yes" } }]),
      ...(one === "domain" ? [] : [{ [one]: { name: "x", domain_id: "no/such" } }]),
    ]) {
      const { status, json } = await v3("POST", `/${collection}`, body);
      expect([body, status, json.error.title]).toEqual([body, 400, "Bad Request"]);
    }
    expect((await v3("POST", `/${collection}`, { [one]: {} })).json.error.message).toBe(
      `Invalid input for field '${one}': 'name' is a required property`,
    );
    expect((await v3("GET", `/${collection}`)).json[collection]).toEqual(before);
  });

  test("a name may be any text, even that of a JavaScript member", async () => {
    const { v3 } = await startKeystone();
    for (const name of ["💾💾", "__proto__", "a#b/c", "NAMES", "é".repeat(60)]) {
      const body = `{"${one}":{"name":${JSON.stringify(name)},"__proto__":{"x":1},"links":1,"id":"mine"}}`;
      const reply = await v3("POST", `/${collection}`, body);
      expect([name, reply.status]).toEqual([name, 201]);
      expect(reply.json[one].id).not.toBe("mine");
      const found = await v3("GET", `/${collection}?name=${encodeURIComponent(name)}`);
      expect(found.json[collection]).toHaveLength(1);
    }
  });
});

test("a name is unique within its domain", async () => {
  const { made, v3 } = await startKeystone();
  const other = await made("domains", { name: "other" });
  for (const collection of ["users", "projects"]) {
    await made(collection, { name: "web" });
    await made(collection, { name: "web", domain_id: other.id });
    const within = (await v3("GET", `/${collection}?domain_id=${other.id}`)).json[collection];
    expect(within).toHaveLength(1);
  }
});

test("an unknown domain returns 404, and the domain cannot change", async () => {
  const { v3, made } = await startKeystone();
  for (const collection of ["users", "projects", "roles"]) {
    const body = { [singular(collection)]: { name: "x", domain_id: "nowhere" } };
    const reply = await v3("POST", `/${collection}`, body);
    expect([reply.status, reply.json.error.message]).toEqual([
      404,
      "Could not find domain: nowhere.",
    ]);
    const { id } = await made(collection, { name: "there" });
    const moved = { [singular(collection)]: { domain_id: "elsewhere" } };
    expect((await v3("PATCH", `/${collection}/${id}`, moved)).status).toBe(400);
  }
});

test("a claimed but unused name is free after one minute", async () => {
  const { v3, environment, now, pass } = await startKeystone();
  const claims = { name: "NAMES#user#default" };
  await environment.backend().records.add(claims, "ann", { id: "never", at: now() });
  const create = async () =>
    (await v3("POST", "/users", { user: { name: "ann", password: "pw" } })).status;
  expect(await create()).toBe(409);
  pass(60_000);
  expect(await create()).toBe(201);
  expect(await create()).toBe(409);
});

test("Keystone's own roles exist from the start and are immutable", async () => {
  const { v3 } = await startKeystone();
  const { roles } = (await v3("GET", "/roles")).json;
  expect(roles.map(({ name }: { name: string }) => name).sort()).toEqual([
    "admin",
    "manager",
    "member",
    "reader",
    "service",
  ]);
  for (const [method, verb, body] of [
    ["DELETE", "delete", undefined],
    ["PATCH", "update", { role: { name: "boss" } }],
  ] as const) {
    const reply = await v3(method, `/roles/${roleIds.admin}`, body);
    expect([reply.status, reply.json.error.message]).toEqual([
      403,
      `Unable to ${verb} immutable role resource: \`${roleIds.admin}. Set resource option "immutable" to false first.`,
    ]);
  }
});

test("a project with child projects and an enabled domain cannot be deleted", async () => {
  const { v3, made } = await startKeystone();
  const web = await made("projects", { name: "web" });
  const child = await made("projects", { name: "child", parent_id: web.id });
  expect((await v3("DELETE", `/projects/${web.id}`)).status).toBe(403);
  const shown = await v3("GET", `/projects/${web.id}?subtree_as_ids`);
  expect(shown.json.project.subtree).toEqual({ [child.id]: null });
  expect((await v3("GET", `/projects?parent_id=${web.id}`)).json.projects).toHaveLength(1);
  for (const { id } of [child, web])
    expect((await v3("DELETE", `/projects/${id}`)).status).toBe(204);

  const { status, json } = await v3("DELETE", "/domains/default");
  expect([status, json.error.message]).toEqual([
    403,
    "You are not authorized to perform the requested action: Cannot delete a domain that is enabled, please disable it first..",
  ]);
});

test("no response contains a password, its hash or a secret", async () => {
  const { v3, made, user } = await startKeystone();
  const ann = await user("ann", { project: projects.demo.id, role: roleIds.member });
  await made("users", { name: "bob", password: "secret-word" });
  for (const path of ["/users", `/users/${ann.id}`, "/role_assignments?include_names"]) {
    const { text } = await v3("GET", path);
    expect(text).not.toMatch(/scrypt|secret-word|"password"|apiKey/);
  }
});
