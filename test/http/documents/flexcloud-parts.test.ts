import { expect, test } from "vitest";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function showFlexcloudServer(over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const seeded = await seedServer(cloud.table, settledServer("active", over));
  const { server } = (await cloud.call("GET", `/servers/${seeded.id}`, withBasicAuth())).json;
  return { ...cloud, seeded, server };
}

const pendingServer: Partial<Server> = {
  motion: { action: "create", from: "building", to: "active", due: startTime + 1_000 },
  created: startTime,
};

test("S3-21: each public address has the number 4 as version", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.addresses.public.map((one: { version: unknown }) => one.version)).toEqual([4]);
});

test("S3-22: each public address has the public IP as addr", async () => {
  const { server } = await showFlexcloudServer({ publicIPv4: "198.18.3.4" });

  expect(server.addresses.public.map((one: { addr: unknown }) => one.addr)).toEqual(["198.18.3.4"]);
});

test("S3-23: each private address has the number 4 as version; IPv6 addresses are omitted", async () => {
  const fixed = settledServer("active").addresses;
  const six = fixed.map((one) => ({ ...one, version: 6 as const, addr: "fd00::4" }));
  const { server } = await showFlexcloudServer({ addresses: [...fixed, ...six] });

  expect(server.addresses.private.map((one: { version: unknown }) => one.version)).toEqual([4]);
});

test("S3-24: each private address has the private IP as addr", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.addresses.private.map((one: { addr: unknown }) => one.addr)).toEqual(["10.0.0.4"]);
});

test("S3-25: addresses has only public and private, with version and addr only", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.addresses).toEqual({
    public: [{ version: 4, addr: "198.18.0.4" }],
    private: [{ version: 4, addr: "10.0.0.4" }],
  });
});

test("S3-26: server.image.name is the image's display name", async () => {
  const { server } = await showFlexcloudServer({ image: { id: "img-1", name: "CentOS 5.6" } });

  expect(server.image.name).toBe("CentOS 5.6");
});

test("S3-27: server.image.links is one self link that ends in a slash", async () => {
  const { server, at } = await showFlexcloudServer({ image: { id: "img-1", name: "CentOS 5.6" } });

  expect(server.image.links).toEqual([{ href: `${at}/images/img-1/`, rel: "self" }]);
});

test("S3-28: server.image.id is a string, even when all its characters are digits", async () => {
  const { server } = await showFlexcloudServer({ image: { id: "42", name: "CentOS 5.6" } });

  expect(server.image.id).toBe("42");
});

test("S3-29: server.flavor.name is a string", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.flavor.name).toBe("m1.tiny");
});

test("S3-30: server.flavor.links is one self link that ends in a slash", async () => {
  const { server, at } = await showFlexcloudServer();

  expect(server.flavor.links).toEqual([{ href: `${at}/flavors/1/`, rel: "self" }]);
});

test("S3-31: server.flavor.id is a number when all its characters are digits, else a string", async () => {
  const flavor = { name: "any", vcpus: 1, ram: 512, disk: 1 };

  expect((await showFlexcloudServer({ flavor: { ...flavor, id: "3" } })).server.flavor.id).toBe(3);
  expect(
    (await showFlexcloudServer({ flavor: { ...flavor, id: "c1.small" } })).server.flavor.id,
  ).toBe("c1.small");
});

test("S3-32: a deleted flavor is shown as an empty object", async () => {
  const { server } = await showFlexcloudServer({ flavor: null });

  expect(server.flavor).toEqual({ name: "", links: [], id: "" });
});

test("S3-33: created and hostId are empty until the server is built", async () => {
  const { server, seeded, call, pass } = await showFlexcloudServer(pendingServer);

  expect([server.status, server.created, server.hostId]).toEqual(["BUILD", "", ""]);
  pass(1_000);
  const { server: built } = (await call("GET", `/servers/${seeded.id}`, withBasicAuth())).json;
  expect([built.status, built.created, built.hostId]).toEqual([
    "ACTIVE",
    "2026-01-15T12:00:00",
    seeded.host,
  ]);
});

test("S3-34: a server has exactly these sixteen keys, pending or built", async () => {
  const keys = [
    ...["status", "updated", "hostId", "addresses", "links", "image", "userId", "flavor"],
    ...["id", "name", "created", "tenantId", "accessIPv4", "accessIPv6", "progress", "metadata"],
  ].sort();

  expect(Object.keys((await showFlexcloudServer()).server).sort()).toEqual(keys);
  expect(Object.keys((await showFlexcloudServer(pendingServer)).server).sort()).toEqual(keys);
});

test("S3-35: a trailing slash does not change the meaning of a path", async () => {
  const { call, server } = await showFlexcloudServer({ id: "test_server_0013" });
  const slashed = await call("GET", "/servers/test_server_0013/", withBasicAuth());

  expect(slashed.status).toBe(200);
  expect(slashed.json.server).toEqual(server);
});
