import { promisify } from "node:util";
import pkgcloud, { type Client } from "pkgcloud";
import { expect, test } from "vitest";
import { startCloudProcess } from "../support/start-process.ts";
import { pollUntil } from "./until.ts";

const user = { username: "demo", region: "RegionOne" };

const logins: readonly [name: string, options: Readonly<Record<string, string>>][] = [
  ["Keystone v2.0", { provider: "openstack", ...user, password: "demo" }],
  [
    "Keystone v2.0, a tenant",
    { provider: "openstack", ...user, password: "demo", tenantName: "demo" },
  ],
  [
    "Keystone v3",
    {
      ...{ provider: "openstack", keystoneAuthVersion: "v3", ...user, password: "demo" },
      ...{ domainName: "Default", tenantName: "demo", projectDomainName: "Default" },
    },
  ],
  [
    "Keystone v3, a project of no domain",
    {
      ...{ provider: "openstack", keystoneAuthVersion: "v3", ...user, password: "demo" },
      ...{ domainId: "default", tenantName: "demo" },
    },
  ],
  ["Rackspace", { provider: "rackspace", ...user, apiKey: "demo" }],
];

test("pkgcloud runs a server from create to delete, by each login method", async () => {
  const { origin, unserved } = await startCloudProcess();
  await Promise.all(
    logins.map(([name, options]) => {
      const authUrl = `${origin}/identity`;
      return exerciseServer(pkgcloud.compute.createClient({ ...options, authUrl }), name);
    }),
  );
  expect(unserved()).toEqual([]);
});

async function exerciseServer(client: Client, name: string): Promise<void> {
  const flavors = await promisify(client.getFlavors.bind(client))();
  expect(flavors.map((flavor) => flavor.name)).toContain("m1.tiny");
  const images = await promisify(client.getImages.bind(client))();
  const cirros = images.find((image) => image.name.startsWith("cirros"))?.id ?? "";
  expect((await promisify(client.getImage.bind(client))(cirros)).id).toBe(cirros);

  const order = { name, flavor: "1", image: cirros };
  const { id, adminPass } = await promisify(client.createServer.bind(client))(order);
  expect(adminPass).toHaveLength(12);
  const get = () => promisify(client.getServer.bind(client))(id);
  const settled = () => pollUntil(get, ({ status }) => status === "RUNNING");
  const server = await settled();
  expect([server.name, server.status, server.original.image.id]).toEqual([name, "RUNNING", cirros]);
  const servers = await promisify(client.getServers.bind(client))();
  expect(servers.map((one) => one.id)).toContain(id);

  await promisify(client.rebootServer.bind(client))(id, { type: "hard" });
  expect((await get()).status).toBe("REBOOT");
  expect((await settled()).status).toBe("RUNNING");
  await promisify(client.destroyServer.bind(client))(id);
  const missing = await pollUntil(
    () => get().then(() => "", String),
    (cause) => cause !== "",
  );
  expect(missing).toContain("Error (404): Item not found");
}
