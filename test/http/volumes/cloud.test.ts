import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { cinderClient, cinderPath } from "../../support/volumes.ts";

test("the versions need no token, with and without a trailing slash", async () => {
  const { call } = await startCloud();
  for (const [path, status] of [
    ["/volume", 300],
    ["/volume/", 300],
    [cinderPath, 200],
    [`${cinderPath}/`, 200],
  ] as const) {
    const reply = await call("GET", path, { as: null });
    expect([path, reply.status]).toEqual([path, status]);
    expect(reply.json.versions).toMatchObject([
      { id: "v3.0", status: "CURRENT", min_version: "3.0", version: "3.70" },
    ]);
  }
});

test.each([
  [undefined, 200, "volume 3.0"],
  ["volume 3.27", 200, "volume 3.27"],
  ["compute 2.90, volume 3.5", 200, "volume 3.5"],
  ["volume latest", 200, "volume 3.70"],
  ["volume 3.99", 406, "volume 3.99"],
  ["volume three", 400, null],
  ["compute 2.1", 400, null],
])("a request of version %s is answered with %i in %s", async (version, status, reported) => {
  const { call } = await startCloud();
  const headers = version === undefined ? {} : { "openstack-api-version": version };
  const reply = await call("GET", `${cinderPath}/volumes`, { headers });
  expect([reply.status, reply.headers.get("openstack-api-version")]).toEqual([status, reported]);
});

test("a private type is visible to the projects with access", async () => {
  const { ask, make, volume, remove } = cinderClient(await startCloud());
  const secret = { name: "gold", "os-volume-type-access:is_public": false };
  const { id } = await make("volume_type", secret, "admin");
  expect((await make("volume_type", { name: "gold" }, "admin")).status).toBe(409);
  expect((await ask("GET", `/types/${id}`)).status).toBe(404);
  const names = async (query = "", as = "demo") =>
    (await ask("GET", `/types${query}`, { as })).json.volume_types
      .map(({ name }: { name: string }) => name)
      .sort();
  expect(await names()).toEqual(["lvmdriver-1"]);
  expect(await names("?is_public=None", "admin")).toEqual(["gold", "lvmdriver-1"]);
  const act = (action: string) =>
    ask("POST", `/types/${id}/action`, {
      as: "admin",
      body: { [action]: { project: projects.demo.id } },
    });
  expect((await act("addProjectAccess")).status).toBe(202);
  expect((await act("addProjectAccess")).status).toBe(409);
  expect((await ask("GET", `/types/${id}/os-volume-type-access`, { as: "admin" })).json).toEqual({
    volume_type_access: [{ volume_type_id: id, project_id: projects.demo.id }],
  });
  expect((await volume({ volume_type: "gold" })).volume_type).toBe("gold");
  expect(await remove(`/types/${id}`, "admin")).toEqual({
    status: 400,
    message: "Target volume type is still in use.",
  });
  expect((await act("removeProjectAccess")).status).toBe(202);
  expect((await make("volume", { size: 1, volume_type: "gold" })).status).toBe(404);
  expect((await remove("/types/default", "admin"))?.message).toMatch(/default volume type/);
});

test("extra specs of types are shown to administrators, except a few public ones", async () => {
  const { ask, make } = cinderClient(await startCloud());
  const { id } = await make("volume_type", { name: "fast" }, "admin");
  const at = `/types/${id}/extra_specs`;
  const specs = { multiattach: "<is> True", volume_backend_name: "b" };
  expect((await ask("POST", at, { as: "admin", body: { extra_specs: specs } })).json).toEqual({
    extra_specs: specs,
  });
  expect((await ask("GET", at, { as: "admin" })).json.extra_specs).toEqual(specs);
  expect((await ask("GET", at)).json.extra_specs).toEqual({ multiattach: "<is> True" });
  expect((await ask("PUT", `${at}/a`, { as: "admin", body: { a: "b" } })).json).toEqual({ a: "b" });
  expect((await ask("DELETE", `${at}/a`, { as: "admin" })).status).toBe(202);
  expect((await ask("GET", `${at}/a`, { as: "admin" })).status).toBe(404);
  const changed = { volume_type: { description: "d", is_public: false } };
  expect((await ask("PUT", `/types/${id}`, { as: "admin", body: changed })).json).toMatchObject({
    volume_type: { name: "fast", description: "d", is_public: false },
  });
});

test("zones, services and pools are listed, and unsupported resources are empty", async () => {
  const { ask } = cinderClient(await startCloud());
  expect((await ask("GET", "/os-availability-zone")).json.availabilityZoneInfo).toEqual([
    { zoneName: "nova", zoneState: { available: true } },
  ]);
  const { services } = (await ask("GET", "/os-services", { as: "admin" })).json;
  expect(services.map(({ binary, state }: Record<string, string>) => [binary, state])).toEqual([
    ["cinder-scheduler", "up"],
    ["cinder-volume", "up"],
  ]);
  expect((await ask("GET", "/os-services")).status).toBe(403);
  const pools = (await ask("GET", "/scheduler-stats/get_pools?detail=true", { as: "admin" })).json;
  expect(pools.pools[0].capabilities.multiattach).toBe(true);
  expect((await ask("GET", "/backups/detail")).json).toEqual({ backups: [] });
  expect((await ask("GET", "/os-volume-transfer")).json).toEqual({
    itemNotFound: { code: 404, message: "The resource could not be found." },
  });
});

test("set quotas are stored, reset ones are the defaults, and other projects' are hidden", async () => {
  const { ask } = cinderClient(await startCloud());
  const at = `/os-quota-sets/${projects.demo.id}`;
  const put = (quota_set: object) => ask("PUT", at, { as: "admin", body: { quota_set } });
  expect((await put({ volumes: "7" })).json.quota_set).toMatchObject({
    volumes: 7,
    gigabytes: 1000,
  });
  expect((await ask("GET", at)).json.quota_set).toMatchObject({
    id: projects.demo.id,
    volumes: 7,
    per_volume_gigabytes: -1,
  });
  expect((await put({ colours: 1 })).status).toBe(400);
  expect((await put({ volumes: -2 })).status).toBe(400);
  expect((await ask("GET", at, { as: "alt_demo" })).status).toBe(403);
  expect((await ask("DELETE", at, { as: "admin" })).status).toBe(200);
  for (const path of [at, `${at}/defaults`])
    expect((await ask("GET", path)).json.quota_set.volumes).toBe(10);
});
