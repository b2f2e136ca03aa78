import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { cinderClient, cinderPath } from "../../support/volumes.ts";

const [cirros] = seedImages;

test("a created volume becomes available when due, and not before", async () => {
  const here = await startCloud();
  const { make, show, statusOf } = cinderClient(here);
  const made = await make("volume", { size: 2, name: " data ", metadata: { a: "b" } });
  expect(made).toMatchObject({
    status: "creating",
    size: 2,
    name: "data",
    description: null,
    availability_zone: "nova",
    volume_type: "lvmdriver-1",
    bootable: "false",
    encrypted: false,
    multiattach: false,
    metadata: { a: "b" },
    attachments: [],
    created_at: "2026-01-15T12:00:00.000000",
    updated_at: null,
  });
  here.pass(499);
  expect(await statusOf(made.id)).toBe("creating");
  here.pass(1);
  expect(await show("volume", made.id)).toMatchObject({
    status: "available",
    updated_at: "2026-01-15T12:00:00.500000",
    "os-vol-tenant-attr:tenant_id": projects.demo.id,
  });
});

test("a deleted volume is deleting, then not found", async () => {
  const here = await startCloud();
  const { volume, remove, show, ask, statusOf } = cinderClient(here);
  const { id } = await volume();
  expect(await remove(`/volumes/${id}`)).toBeNull();
  expect(await statusOf(id)).toBe("deleting");
  expect(await remove(`/volumes/${id}`)).toMatchObject({ status: 400 });
  here.pass(500);
  expect(await show("volume", id)).toEqual({
    status: 404,
    message: `Volume ${id} could not be found.`,
  });
  expect((await ask("GET", "/volumes/detail")).json).toEqual({ volumes: [] });
});

test("both path spellings work, and links use that of the request", async () => {
  const here = await startCloud();
  const { id } = await cinderClient(here).volume();
  const long = `${cinderPath}/${projects.demo.id}/volumes/${id}`;
  const [self, bookmark] = (await here.call("GET", long)).json.volume.links;
  expect(new URL(self.href).pathname).toBe(long);
  expect(new URL(bookmark.href).pathname).toBe(`/volume/${projects.demo.id}/volumes/${id}`);
  const [short] = (await here.call("GET", `${cinderPath}/volumes/${id}`)).json.volume.links;
  expect(new URL(short.href).pathname).toBe(`${cinderPath}/volumes/${id}`);
  const foreign = await here.call("GET", `${cinderPath}/${projects.admin.id}/volumes`);
  expect([foreign.status, foreign.json]).toEqual([
    400,
    { badRequest: { code: 400, message: "Malformed request url" } },
  ]);
});

test.each([
  [{ size: 0 }, 400, /0 is less than the minimum of 1/],
  [{ size: "many" }, 400, /'many' does not match/],
  [{}, 400, /^Invalid input received: Volume size 'None' must be an integer and greater than 0$/],
  [{ size: 1, volume_type: "no" }, 404, /^Volume type no could not be found.$/],
  [{ size: 1, availability_zone: "x" }, 400, /^Availability zone 'x' is invalid.$/],
  [{ size: 1, imageRef: "no" }, 400, /^Invalid image identifier or unable to access/],
  [{ size: 1, colour: "red" }, 400, /'colour' was unexpected/],
  [{ size: 1, imageRef: seedImages[1]?.id }, 400, /smaller than the image minDisk size 3GB/],
  [{ size: 5, snapshot_id: cirros?.id }, 404, /^Snapshot .* could not be found.$/],
  [{ size: 5, source_volid: cirros?.id }, 404, /^Volume .* could not be found.$/],
])("a volume of %j is refused: %i", async (body, status, message) => {
  const { make } = cinderClient(await startCloud());
  expect(await make("volume", body)).toEqual({ status, message: expect.stringMatching(message) });
});

test("a volume of an image is bootable and has the image's metadata", async () => {
  const { volume } = cinderClient(await startCloud());
  for (const imageRef of [cirros?.id, cirros?.name]) {
    const { bootable, volume_image_metadata } = await volume({ imageRef });
    expect(bootable).toBe("true");
    expect(volume_image_metadata).toMatchObject({
      image_id: cirros?.id,
      min_disk: "1",
      disk_format: "qcow2",
    });
  }
});

test("a volume or snapshot inherits size and bootable from its source", async () => {
  const here = await startCloud();
  const { volume, make } = cinderClient(here);
  const first = await volume({ size: 3, imageRef: cirros?.id });
  const { id } = await make("snapshot", { volume_id: first.id, name: "s" });
  here.pass(1_000);
  for (const source of [{ snapshot_id: id }, { source_volid: first.id }]) {
    const { size, bootable, ...rest } = await volume({ ...source, size: undefined });
    expect([size, bootable]).toEqual([3, "true"]);
    expect(rest).toMatchObject(source);
    expect((await make("volume", { ...source, size: 2 })).message).toMatch(
      /^Invalid input received: Volume size '2'GB cannot be smaller than/,
    );
  }
});

test("lists are filtered, sorted and paged, newest first", async () => {
  const here = await startCloud();
  const { volume, ask } = cinderClient(here);
  const a = await volume({ name: "a", size: 1, metadata: { k: "v" } });
  const b = await volume({ name: "b", size: 3 });
  const c = await volume({ name: "c", size: 2, imageRef: cirros?.id });
  const ids = async (query: string) => {
    const { json } = await ask("GET", `/volumes${query}`);
    return json.volumes.map(({ id }: { id: string }) => id);
  };
  expect(await ids("")).toEqual([c.id, b.id, a.id]);
  expect(await ids("?sort=size:asc")).toEqual([a.id, c.id, b.id]);
  expect(await ids("?sort_key=name&sort_dir=desc")).toEqual([c.id, b.id, a.id]);
  expect(await ids("?name=b")).toEqual([b.id]);
  expect(await ids("?bootable=true")).toEqual([c.id]);
  expect(await ids("?size=3&status=available")).toEqual([b.id]);
  expect(await ids("?status=error")).toEqual([]);
  expect(await ids("?metadata={'k': 'v'}")).toEqual([a.id]);
  expect(await ids(`?created_at=gt:${a.created_at}`)).toEqual([c.id, b.id]);
  expect(await ids(`?limit=1&marker=${c.id}`)).toEqual([b.id]);
  expect(await ids("?offset=2")).toEqual([a.id]);

  const page = (await ask("GET", "/volumes/detail?limit=2&with_count=true")).json;
  expect(page.count).toBe(3);
  const next = new URL(page.volumes_links[0].href);
  expect(next.pathname).toBe(`${cinderPath}/volumes/detail`);
  const rest = await here.call("GET", `${next.pathname}${next.search}`);
  expect(rest.json.volumes.map(({ id }: { id: string }) => id)).toEqual([a.id]);

  const refusals = {
    "?limit=x": "limit param must be an integer",
    "?limit=-1": "limit param must be positive",
    "?colour=red": "Invalid filters colour are found in query options.",
    "?sort=colour": "Invalid input received: Invalid sort key",
    "?bootable=maybe": "Invalid input received: 'bootable = maybe'",
  };
  for (const [query, message] of Object.entries(refusals)) {
    const { status, json } = await ask("GET", `/volumes${query}`);
    expect([query, status, json.badRequest.message]).toEqual([query, 400, message]);
  }
  expect((await ask("GET", `/volumes?marker=${projects.demo.id}`)).status).toBe(404);
  expect((await ask("GET", "/volumes?colour=red", { minor: 30 })).json.volumes).toHaveLength(3);
});

test("the summary of volumes exists from 3.12 on", async () => {
  const { volume, ask } = cinderClient(await startCloud());
  await volume({ size: 2, metadata: { a: "1" } });
  await volume({ size: 3, metadata: { a: "2" } });
  expect((await ask("GET", "/volumes/summary")).json).toEqual({
    "volume-summary": { total_count: 2, total_size: 5, metadata: { a: ["1", "2"] } },
  });
  expect((await ask("GET", "/volumes/summary", { minor: 11 })).status).toBe(404);
});

test("a project's volumes are hidden from others; an administrator sees all on request", async () => {
  const { volume, show, ask, remove, act } = cinderClient(await startCloud());
  const { id } = await volume();
  expect((await show("volume", id, "alt_demo")).status).toBe(404);
  expect((await remove(`/volumes/${id}`, "alt_demo"))?.status).toBe(404);
  expect((await act(id, { "os-extend": { new_size: 9 } }, "alt_demo"))?.status).toBe(404);
  for (const as of ["alt_demo", "admin"])
    expect((await ask("GET", "/volumes", { as })).json.volumes).toEqual([]);
  expect((await ask("GET", "/volumes?all_tenants=1", { as: "alt_demo" })).json.volumes).toEqual([]);
  expect((await ask("GET", "/volumes?all_tenants=1", { as: "admin" })).json.volumes).toHaveLength(
    1,
  );
  expect(await show("volume", id, "admin")).toMatchObject({
    "os-vol-host-attr:host": "novaless-1@lvmdriver-1#lvmdriver-1",
    migration_status: null,
  });
  expect(
    (await ask("POST", "/volumes", { as: "reader", body: { volume: { size: 1 } } })).status,
  ).toBe(403);
});

test("the quota returns Cinder's 413 by number and size, and is released", async () => {
  const here = await startCloud();
  const { ask, make, volume, remove, act } = cinderClient(here);
  const limit = (set: object) =>
    ask("PUT", `/os-quota-sets/${projects.demo.id}`, { as: "admin", body: { quota_set: set } });
  const first = await volume({ size: 2 });
  await limit({ volumes: 1 });
  expect(await make("volume", { size: 1 })).toEqual({
    status: 413,
    message: "Maximum number of volumes allowed (1) exceeded for quota 'volumes'.",
  });
  await limit({ volumes: -1, gigabytes: 3, snapshots: 0, per_volume_gigabytes: 4 });
  expect(await make("volume", { size: 2 })).toEqual({
    status: 413,
    message:
      "Requested volume or snapshot exceeds allowed gigabytes quota. Requested 2G, quota is 3G and 2G has been consumed.",
  });
  expect((await act(first.id, { "os-extend": { new_size: 4 } }))?.status).toBe(413);
  await limit({ gigabytes: 10 });
  expect(await make("snapshot", { volume_id: first.id })).toEqual({
    status: 413,
    message: "Maximum number of snapshots allowed (0) exceeded for quota 'snapshots'.",
  });
  expect(await make("volume", { size: 5 })).toEqual({
    status: 413,
    message: "Requested volume size 5G is larger than maximum allowed limit 4G.",
  });
  expect((await limit({ gigabytes: 1 })).json.badRequest.message).toBe(
    "Quota gigabytes limit must be equal or greater than existing resources. Current usage is 2 and the requested limit is 1.",
  );
  const { quota_set } = (await ask("GET", `/os-quota-sets/${projects.demo.id}?usage=true`)).json;
  expect(quota_set.gigabytes).toEqual({ limit: 10, in_use: 2, reserved: 0 });
  await remove(`/volumes/${first.id}`);
  here.pass(500);
  const { absolute } = (await ask("GET", "/limits")).json.limits;
  expect([absolute.totalVolumesUsed, absolute.totalGigabytesUsed]).toEqual([0, 0]);
});

test("concurrent creates never exceed the quota", async () => {
  const { ask, make } = cinderClient(await startCloud());
  const all = await Promise.all(Array.from({ length: 24 }, () => make("volume", { size: 1 })));
  const there = (await ask("GET", "/volumes")).json.volumes;
  expect(all.filter(({ id }) => id).length).toBe(there.length);
  expect(there.length).toBeLessThanOrEqual(10);
  for (const { id, status } of all) expect(id || status === 413).toBeTruthy();
});
