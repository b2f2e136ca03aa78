import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { defaultQuotasMaxAgeMs } from "../../../lambdas/compute/repositories/quotas.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";

const { id } = projects.demo;
const quotasPath = `/v2.1/os-quota-sets/${id}`;
const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };

async function startWithQuotas() {
  const cloud = await startCloud();
  const set = (quota_set: object, query = "") =>
    cloud.call("PUT", quotasPath + query, { as: "admin", body: { quota_set } });
  const create = (over: object = {}) =>
    cloud.call("POST", "/v2.1/servers", { body: { server: { ...server, ...over } } });
  const shown = async (path = "", n = 1) =>
    (
      await cloud.call("GET", quotasPath + path, {
        headers: { "x-openstack-nova-api-version": `2.${n}` },
      })
    ).json.quota_set;
  return { ...cloud, set, create, shown };
}

test("E-35: a project's quota limits its servers", async () => {
  const { set, create } = await startWithQuotas();
  const put = await set({ instances: 1 });
  expect([put.status, put.json.quota_set.instances, put.json.quota_set.id]).toEqual([
    200,
    1,
    undefined,
  ]);
  expect((await create()).status).toBe(202);
  expect((await create()).json.forbidden.message).toBe(
    "Quota exceeded for instances: Requested 1, but already used 1 of 1 instances",
  );
  await set({ instances: "12", cores: -1 });
  expect((await create({ min_count: 11 })).status).toBe(202);
});

test("-1 means unlimited", async () => {
  const { set, create } = await startWithQuotas();
  await set({ instances: -1, cores: -1, ram: -1 });
  expect((await create({ min_count: 30 })).status).toBe(202);
});

test("a limit below the usage is refused, unless forced", async () => {
  const { set, create } = await startWithQuotas();
  await create({ min_count: 2 });
  expect((await set({ instances: 1 })).json.badRequest.message).toBe(
    "Quota limit 1 for instances must be greater than or equal to already used and reserved 2.",
  );
  expect((await set({ instances: 1, force: "True" })).json.quota_set.instances).toBe(1);
  expect((await set({ wheels: 1 })).status).toBe(400);
});

test("E-35: details show the usage", async () => {
  const { create, shown } = await startWithQuotas();
  await create();
  expect((await shown("/detail")).ram).toEqual({ in_use: 512, limit: 51_200, reserved: 0 });
});

test("network limits end with 2.36 and file limits with 2.57", async () => {
  const { shown } = await startWithQuotas();
  const names = async (n: number) => Object.keys(await shown("", n));
  expect(await names(35)).toContain("floating_ips");
  expect(await names(36)).not.toContain("floating_ips");
  expect(await names(56)).toContain("injected_files");
  expect(await names(57)).toEqual([
    ...["id", "cores", "instances", "key_pairs", "metadata_items", "ram"],
    ...["server_group_members", "server_groups"],
  ]);
});

test("a user's limit is at most the project's", async () => {
  const { set, shown } = await startWithQuotas();
  await set({ cores: 8 });
  expect((await set({ cores: 9 }, "?user_id=u")).json.badRequest.message).toBe(
    "Quota limit 9 for cores must be less than or equal to 8.",
  );
  await set({ cores: 2 }, "?user_id=u");
  expect([(await shown("?user_id=u")).cores, (await shown()).cores]).toEqual([2, 8]);
});

test("deleting a quota restores the default, which is the default class", async () => {
  const { call, set, shown, create, pass } = await startWithQuotas();
  await set({ instances: 3 });
  const gone = await call("DELETE", quotasPath, { as: "admin" });
  expect([gone.status, gone.text]).toEqual([202, ""]);
  expect((await shown()).instances).toBe(10);
  await call("PUT", "/v2.1/os-quota-class-sets/default", {
    as: "admin",
    body: { quota_class_set: { instances: 0 } },
  });
  pass(defaultQuotasMaxAgeMs);
  expect([(await shown()).instances, (await shown("/defaults")).instances]).toEqual([0, 0]);
  expect((await create()).status).toBe(403);
});

test("other projects' quotas are for administrators, and unknown projects are refused", async () => {
  const { call } = await startWithQuotas();
  const get = (path: string, as: string) => call("GET", `/v2.1/os-quota-sets/${path}`, { as });
  expect((await get(id, "alt_demo")).status).toBe(403);
  expect((await get(id, "admin")).status).toBe(200);
  expect((await get("nobody", "admin")).json.badRequest.message).toBe(
    "Project ID nobody is not a valid project.",
  );
  expect((await call("PUT", quotasPath, { body: { quota_set: { ram: 1 } } })).status).toBe(403);
});

test("an over-long project or user id is refused, without a 5xx", async () => {
  const { call } = await startWithQuotas();
  const long = "x".repeat(3_000);
  const status = async (path: string) =>
    (await call("GET", `/v2.1${path}`, { as: "admin" })).status;
  expect(await status(`/limits?tenant_id=${long}`)).toBe(200);
  expect(await status(`/os-simple-tenant-usage/${long}?start=2026-01-01T00:00:00`)).toBe(200);
  expect(await status(`/os-quota-sets/${long}`)).toBe(400);
  expect(await status(`/os-quota-class-sets/${long}`)).toBe(200);
  const headers = { "x-openstack-nova-api-version": "2.10" };
  const keys = await call("GET", `/v2.1/os-keypairs?user_id=${long}`, { as: "admin", headers });
  expect(keys.status).toBe(400);
});

test("metadata is limited by its quota", async () => {
  const { set, create } = await startWithQuotas();
  await set({ metadata_items: 1 });
  expect((await create({ metadata: { a: "1", b: "2" } })).json.forbidden.message).toBe(
    "Maximum number of metadata items exceeds 1",
  );
});

test("limits show maximum and usage", async () => {
  const { call, create } = await startWithQuotas();
  await create();
  const { json } = await call("GET", "/v2.1/limits");
  expect(json.limits.rate).toEqual([]);
  expect(json.limits.absolute).toMatchObject({
    maxTotalCores: 20,
    totalCoresUsed: 1,
    maxServerMeta: 128,
    totalRAMUsed: 512,
    totalServerGroupsUsed: 0,
  });
  const other = (as: string) => call("GET", `/v2.1/limits?tenant_id=${id}`, { as });
  expect((await other("alt_demo")).json.forbidden.message).toContain("limits:other_project");
  expect((await other("admin")).json.limits.absolute.totalInstancesUsed).toBe(1);
});
