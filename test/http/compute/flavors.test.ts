import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";

const flavor = { name: "c1.big", id: "c1", ram: 1024, vcpus: 2, disk: 0, swap: 512 };
const privateFlavor = {
  ...flavor,
  disk: 1,
  id: "p1",
  name: "private",
  "os-flavor-access:is_public": false,
};

async function startWithAdmin() {
  const cloud = await startCloud();
  const admin = (method: string, path: string, body?: unknown, options: CallOptions = {}) =>
    cloud.call(method, `/v2.1/flavors${path}`, {
      as: "admin",
      ...options,
      ...(body ? { body } : {}),
    });
  const ids = async (query = "", as = "demo") =>
    (await cloud.call("GET", `/v2.1/flavors${query}`, { as })).json.flavors.map(
      ({ id }: { id: string }) => id,
    );
  return { ...cloud, admin, ids };
}

test("only administrators create, describe and delete a flavor", async () => {
  const { call, admin } = await startWithAdmin();
  expect((await call("POST", "/v2.1/flavors", { body: { flavor } })).json.forbidden.message).toBe(
    "Policy doesn't allow os_compute_api:os-flavor-manage:create to be performed.",
  );
  const made = await admin("POST", "", { flavor });
  expect(made.status).toBe(200);
  expect(made.json.flavor).toMatchObject({ id: "c1", swap: 512, disk: 0, rxtx_factor: 1 });
  expect(made.json.flavor).not.toHaveProperty("description");
  const described = { flavor: { description: "big" } };
  expect((await admin("PUT", "/c1", described)).status).toBe(404);
  const put = await admin("PUT", "/c1", described, { headers: microversionHeader(55) });
  expect(put.json.flavor.description).toBe("big");
  expect((await admin("DELETE", "/c1")).status).toBe(202);
  expect((await admin("DELETE", "/c1")).status).toBe(404);
  expect((await call("GET", "/v2.1/flavors/c1")).status).toBe(404);
});

test("E-38: an id defaults to a UUID; names and ids are unique", async () => {
  const { admin, ids } = await startWithAdmin();
  const { id: _, ...anonymous } = flavor;
  const made = await admin("POST", "", { flavor: anonymous });
  expect(made.json.flavor.id).toMatch(/^[0-9a-f-]{36}$/);
  const again = await admin("POST", "", { flavor: { ...flavor, id: "other" } });
  expect([again.status, again.json.conflictingRequest.message]).toEqual([
    409,
    "Flavor with name c1.big already exists.",
  ]);
  const taken = await admin("POST", "", { flavor: { ...flavor, id: "1", name: "new" } });
  expect(taken.json.conflictingRequest.message).toBe("Flavor with ID 1 already exists.");
  expect(await ids()).toEqual(["1", "2", "3", "4", "5", made.json.flavor.id].sort());
});

test("a seeded flavor can be deleted and created again", async () => {
  const { admin, ids, call } = await startWithAdmin();
  expect((await admin("DELETE", "/1")).status).toBe(202);
  expect(await ids()).toEqual(["2", "3", "4", "5"]);
  expect((await admin("POST", "", { flavor: { ...flavor, id: "1" } })).status).toBe(200);
  expect((await call("GET", "/v2.1/flavors/1")).json.flavor.name).toBe("c1.big");
});

test("E-38: a flavor shows more members in later versions", async () => {
  const { call, admin } = await startWithAdmin();
  await admin("POST", "/1/os-extra_specs", { extra_specs: { "hw:cpu_policy": "shared" } });
  const shown = async (n: number) =>
    (await call("GET", "/v2.1/flavors/1", { headers: microversionHeader(n) })).json.flavor;
  expect(await shown(54)).not.toHaveProperty("description");
  expect(await shown(55)).toMatchObject({ description: null, swap: "" });
  expect(await shown(55)).not.toHaveProperty("extra_specs");
  expect(await shown(61)).toMatchObject({ extra_specs: { "hw:cpu_policy": "shared" }, swap: "" });
  expect(await shown(75)).toMatchObject({ swap: 0 });
  const brief = async (n: number) =>
    Object.keys(
      (await call("GET", "/v2.1/flavors", { headers: microversionHeader(n) })).json.flavors[0],
    );
  expect(await brief(54)).toEqual(["id", "links", "name"]);
  expect(await brief(55)).toEqual(["id", "links", "name", "description"]);
});

test("extra specs are added, set, shown and deleted one by one", async () => {
  const { admin, call } = await startWithAdmin();
  const specs = "/2/os-extra_specs";
  const added = await admin("POST", specs, { extra_specs: { a: "1", b: 2 } });
  expect([added.status, added.json]).toEqual([200, { extra_specs: { a: "1", b: "2" } }]);
  expect((await admin("PUT", `${specs}/a`, { a: "3" })).json).toEqual({ a: "3" });
  expect((await admin("PUT", `${specs}/a`, { b: "3" })).json.badRequest.message).toBe(
    "Request body and URI mismatch",
  );
  expect((await admin("PUT", `${specs}/a`, { a: "3", b: "4" })).status).toBe(400);
  expect((await call("GET", `/v2.1/flavors${specs}/a`)).json).toEqual({ a: "3" });
  const gone = await admin("DELETE", `${specs}/a`);
  expect([gone.status, gone.text]).toEqual([200, ""]);
  expect((await admin("DELETE", `${specs}/a`)).json.itemNotFound.message).toBe(
    "Flavor 2 has no extra specs with key a.",
  );
  expect((await call("GET", `/v2.1/flavors${specs}`)).json).toEqual({ extra_specs: { b: "2" } });
});

test("E-38: a private flavor is visible to the projects with access", async () => {
  const { admin, call, ids } = await startWithAdmin();
  await admin("POST", "", { flavor: privateFlavor });
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "p1" };
  const boot = async () => (await call("POST", "/v2.1/servers", { body: { server } })).status;
  expect((await call("GET", "/v2.1/flavors/p1")).status).toBe(404);
  expect(await boot()).toBe(400);
  expect(await ids("?is_public=none")).not.toContain("p1");
  expect(await ids("", "admin")).not.toContain("p1");
  expect(await ids("?is_public=None", "admin")).toContain("p1");
  expect(await ids("?is_public=false", "admin")).toEqual(["p1"]);
  const bad = await admin("GET", "?is_public=perhaps");
  expect(bad.json.badRequest.message).toBe("Invalid is_public filter [perhaps]");

  const tenant = projects.demo.id;
  const opened = await admin("POST", "/p1/action", { addTenantAccess: { tenant } });
  expect(opened.json).toEqual({ flavor_access: [{ flavor_id: "p1", tenant_id: tenant }] });
  expect((await admin("GET", "/p1/os-flavor-access")).json).toEqual(opened.json);
  expect((await admin("POST", "/p1/action", { addTenantAccess: { tenant } })).status).toBe(409);
  expect(await ids()).toContain("p1");
  expect(await boot()).toBe(202);
  const closed = await admin("POST", "/p1/action", { removeTenantAccess: { tenant } });
  expect(closed.json).toEqual({ flavor_access: [] });
  expect((await admin("POST", "/p1/action", { removeTenantAccess: { tenant } })).status).toBe(404);
  expect(await boot()).toBe(400);
});

test("access is for private flavors, and the action is one of two", async () => {
  const { admin } = await startWithAdmin();
  const adding = { addTenantAccess: { tenant: projects.demo.id } };
  expect((await admin("GET", "/1/os-flavor-access")).json.itemNotFound.message).toBe(
    "Access list not available for public flavors.",
  );
  expect(
    (await admin("POST", "/1/action", adding, { headers: microversionHeader(7) })).status,
  ).toBe(409);
  expect((await admin("POST", "/1/action", { open: null })).json.badRequest.message).toBe(
    "There is no such action: open",
  );
  const strange = { addTenantAccess: { tenant: "no project" } };
  expect((await admin("POST", "/1/action", strange)).json.badRequest.message).toBe(
    "Project ID no project is not a valid project.",
  );
});

test("lists are filtered, sorted and paged", async () => {
  const { ids, call } = await startWithAdmin();
  expect(await ids("?sort_key=memory_mb&sort_dir=desc&limit=2")).toEqual(["5", "4"]);
  expect(await ids("?sort_dir=desc&marker=4")).toEqual(["3", "2", "1"]);
  expect(await ids("?minDisk=40&minRam=5000")).toEqual(["4", "5"]);
  const bad = await call("GET", "/v2.1/flavors?minRam=much");
  expect(bad.json.badRequest.message).toBe("Invalid minRam filter [much]");
  expect((await call("GET", "/v2.1/flavors?sort_key=colour")).status).toBe(400);
});

test("deleting a flavor does not change its servers", async () => {
  const { admin, call } = await startWithAdmin();
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const { json } = await call("POST", "/v2.1/servers", { body: { server } });
  const show = async () =>
    (await call("GET", `/v2.1/servers/${json.server.id}`)).json.server.flavor;
  const before = await show();
  await admin("DELETE", "/1");
  expect(await show()).toEqual(before);
});

test("only administrators boot a flavor without a disk from an image", async () => {
  const { admin, call } = await startWithAdmin();
  await admin("POST", "", { flavor });
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "c1" };
  const boot = (as: string) => call("POST", "/v2.1/servers", { as, body: { server } });
  expect((await boot("demo")).json.forbidden.message).toBe(
    "Only volume-backed servers are allowed for flavors with zero disk.",
  );
  expect((await boot("admin")).status).toBe(202);
});

test("rxtx_factor is a bounded number, also as text", async () => {
  const { admin } = await startWithAdmin();
  const made = async (rxtx_factor: unknown) =>
    (await admin("POST", "", { flavor: { ...flavor, rxtx_factor } })).status;
  expect([await made(0), await made("0"), await made(-1)]).toEqual([400, 400, 400]);
  expect(await made("1.5")).toBe(200);
});
