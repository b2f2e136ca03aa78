import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import { passwordLogin, postLogin, withTokenHeader } from "../../support/identity.ts";
import { issuedTokenOf, startKeystone } from "../../support/keystone.ts";

test("the catalog is that of the request's token", async () => {
  const { v3, call, at } = await startKeystone();
  const issued = await postLogin(call);
  const { json } = await v3(
    "GET",
    "/auth/catalog",
    undefined,
    withTokenHeader(issuedTokenOf(issued)),
  );
  expect(json.catalog).toEqual(issued.json.token.catalog);
  expect(json.links).toEqual({
    self: `${at}/identity/v3/auth/catalog`,
    previous: null,
    next: null,
  });
});

test("services, endpoints and the region are listed, filtered and shown", async () => {
  const { v3, at } = await startKeystone();
  const { services } = (await v3("GET", "/services")).json;
  expect(services).toHaveLength(7);
  expect((await v3("GET", "/services?type=network")).json.services).toEqual([
    {
      id: "neutron",
      type: "network",
      name: "neutron",
      description: "",
      enabled: true,
      links: { self: `${at}/identity/v3/services/neutron` },
    },
  ]);
  const query = "service_id=nova_legacy&interface=public&region_id=RegionOne";
  const { endpoints } = (await v3("GET", `/endpoints?${query}`)).json;
  expect(endpoints).toHaveLength(1);
  expect(endpoints[0]).toMatchObject({ enabled: true, url: `${at}/v2/$(project_id)s` });
  expect((await v3("GET", `/endpoints/${endpoints[0].id}`)).json.endpoint).toEqual(endpoints[0]);
  const region = { as: "reader" };
  expect((await v3("GET", "/regions", undefined, region)).json.regions).toHaveLength(1);
  expect((await v3("GET", "/regions/RegionOne", undefined, region)).json.region.id).toBe(
    "RegionOne",
  );
  for (const one of ["service", "endpoint", "region"]) {
    const reply = await v3("GET", `/${one}s/nope`);
    expect([reply.status, reply.json.error.message]).toEqual([404, `Could not find ${one}: nope.`]);
  }
});

test("the available projects are enabled and have a role of the user", async () => {
  const { v3, made, user, enter } = await startKeystone();
  const ann = await user("ann", { project: projects.demo.id, role: roleIds.member });
  const off = await made("projects", { name: "off", enabled: false });
  await v3("PUT", `/projects/${off.id}/users/${ann.id}/roles/${roleIds.member}`);
  await v3("PUT", `/domains/default/users/${ann.id}/roles/${roleIds.reader}`);
  const options = withTokenHeader(issuedTokenOf(await enter(ann.id, "pw")));
  const ids = async (path: string) =>
    Object.values((await v3("GET", path, undefined, options)).json)
      .filter(Array.isArray)
      .flat()
      .map(({ id }) => id);
  expect(await ids("/auth/projects")).toEqual([projects.demo.id]);
  expect(await ids(`/users/${ann.id}/projects`)).toEqual([projects.demo.id]);
  expect(await ids("/auth/domains")).toEqual(["default"]);
  const system = async () => (await v3("GET", "/auth/system", undefined, options)).json.system;
  expect(await system()).toEqual([]);
  await v3("PUT", `/system/users/${ann.id}/roles/${roleIds.reader}`);
  expect(await system()).toEqual([{ all: true }]);
  expect((await v3("PUT", `/projects/x/users/${ann.id}/roles/x`, undefined, options)).status).toBe(
    403,
  );
});

test("a password is changed only by a caller who knows it", async () => {
  const { v3, user, enter, pass } = await startKeystone();
  const ann = await user("ann");
  const change = async (id: string, original_password: string, password: string) => {
    const body = { user: { original_password, password } };
    return (await v3("POST", `/users/${id}/password`, body, { as: null })).status;
  };
  expect(await change(ann.id, "wrong", "new")).toBe(401);
  expect(await change("nobody", "pw", "new")).toBe(401);
  expect((await enter(ann.id, "pw")).status).toBe(201);
  const both = await Promise.all([change(ann.id, "pw", "one"), change(ann.id, "pw", "two")]);
  expect(both.sort()).toEqual([204, 401]);
  pass(1);
  const entered = await Promise.all(["pw", "one", "two"].map((one) => enter(ann.id, one)));
  expect(entered.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  for (const body of [{}, { user: {} }, { user: { original_password: "pw", password: 1 } }])
    expect((await v3("POST", `/users/${ann.id}/password`, body, { as: null })).status).toBe(400);
});

test("a user without a password cannot log in with one", async () => {
  const { made, enter } = await startKeystone();
  const { id } = await made("users", { name: "robot" });
  for (const password of ["", "null", "undefined", "robot"])
    expect((await enter(id, password)).status).toBe(401);
});

test("a login without scope uses the default project, if the user has a role on it", async () => {
  const { made, v3, enter } = await startKeystone();
  const attributes = { name: "ann", password: "pw", default_project_id: projects.demo.id };
  const { id } = await made("users", attributes);
  expect((await enter(id, "pw")).json.token).not.toHaveProperty("project");
  await v3("PUT", `/projects/${projects.demo.id}/users/${id}/roles/${roleIds.reader}`);
  expect((await enter(id, "pw")).json.token.project.id).toBe(projects.demo.id);
});

test("options are stored as set, and null removes one", async () => {
  const { made, v3 } = await startKeystone();
  for (const [collection, one] of [
    ["users", "user"],
    ["projects", "project"],
  ] as const) {
    const { id } = await made(collection, { name: "x", options: { lock_password: true, more: 1 } });
    const { json } = await v3("PATCH", `/${collection}/${id}`, {
      [one]: { options: { more: null } },
    });
    expect(json[one].options).toEqual({ lock_password: true });
  }
});

test("a token of an ordinary user has about 400 bytes", async () => {
  const { call } = await startKeystone();
  expect(issuedTokenOf(await postLogin(call, passwordLogin())).length).toBeLessThan(450);
});
