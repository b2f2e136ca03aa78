import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { ipAllocationsOf } from "../../../lambdas/network/repositories/ip-allocation.ts";
import { portsIn } from "../../../lambdas/network/repositories/ports.ts";
import { startCloud, type TestCloud } from "../../support/cloud.ts";
import { interfere } from "../../support/interfere.ts";
import { neutronClient, neutronPath } from "../../support/network.ts";
import { cinderClient } from "../../support/volumes.ts";

const nova = ({ call }: TestCloud, method: string, path: string, body?: object, minor = 87) =>
  call(method, `/v2.1${path}`, {
    headers: { "x-openstack-nova-api-version": `2.${minor}` },
    ...(body && { body }),
  });

async function boot(cloud: TestCloud): Promise<string> {
  const server = {
    ...{ name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks: "none" },
  };
  const { id } = (await nova(cloud, "POST", "/servers", { server })).json.server;
  cloud.pass(3_000);
  return id;
}

async function withDetachedVolume(cloud: TestCloud, attributes: object = {}) {
  const cinder = cinderClient(cloud);
  const server = await boot(cloud);
  const { id: volumeId } = await cinder.volume();
  const path = `/servers/${server}/os-volume_attachments`;
  const volumeAttachment = { volumeId, ...attributes };
  expect((await nova(cloud, "POST", path, { volumeAttachment })).status).toBe(200);
  cloud.pass(1_000);
  expect((await nova(cloud, "DELETE", `${path}/${volumeId}`)).status).toBe(202);
  cloud.pass(1_000);
  expect(await cinder.statusOf(volumeId)).toBe("available");
  return { ...cinder, server, volumeId };
}

test("a volume that was detached and deleted stays deleted when its former server is deleted", async () => {
  const cloud = await startCloud();
  const { server, volumeId, remove, ask } = await withDetachedVolume(cloud);
  expect(await remove(`/volumes/${volumeId}`)).toBeNull();
  expect((await nova(cloud, "DELETE", `/servers/${server}`)).status).toBe(204);
  cloud.pass(3_000);
  expect((await ask("GET", `/volumes/${volumeId}`)).status).toBe(404);
});

test("a detached volume outlives its former server despite delete_on_termination", async () => {
  const cloud = await startCloud();
  const attributes = { delete_on_termination: true };
  const { server, volumeId, statusOf } = await withDetachedVolume(cloud, attributes);
  expect((await nova(cloud, "DELETE", `/servers/${server}`)).status).toBe(204);
  cloud.pass(3_000);
  expect(await statusOf(volumeId)).toBe("available");
});

test("an extension under way continues when the server of the volume is deleted", async () => {
  const cloud = await startCloud();
  const { server, volumeId, ask, act, show } = await withDetachedVolume(cloud);
  const volumeAttachment = { volumeId };
  await nova(cloud, "POST", `/servers/${server}/os-volume_attachments`, { volumeAttachment });
  cloud.pass(1_000);
  expect(await act(volumeId, { "os-extend": { new_size: 3 } })).toBeNull();
  expect((await nova(cloud, "DELETE", `/servers/${server}`)).status).toBe(204);
  expect(await show("volume", volumeId)).toMatchObject({ status: "extending", attachments: [] });
  cloud.pass(3_000);
  expect(await show("volume", volumeId)).toMatchObject({ status: "available", size: 3 });
  expect((await ask("GET", "/attachments")).json.attachments).toEqual([]);
});

test.each([
  ["detaching it", (server: string, port: string) => `/servers/${server}/os-interface/${port}`],
  ["deleting its server", (server: string) => `/servers/${server}`],
])(
  "a port that moves to another server while %s removes it keeps its address",
  async (_, pathOf) => {
    const cloud = await startCloud();
    const neutron = neutronClient(cloud.call);
    const { network, subnet } = await neutron.place("10.77.0.0/24");
    const [first, second] = [await boot(cloud), await boot(cloud)];
    const interfaceAttachment = { net_id: network.id };
    const attached = await nova(cloud, "POST", `/servers/${first}/os-interface`, {
      interfaceAttachment,
    });
    const { port_id } = attached.json.interfaceAttachment;
    const { records } = cloud.environment.backend();
    interfere(cloud, "DeleteItem", "PORTS#", () =>
      portsIn(records).change({ project_id: projects.demo.id, id: port_id }, (was) => ({
        ...was,
        device_id: second,
      })),
    );
    expect((await nova(cloud, "DELETE", pathOf(first, port_id))).status).toBeLessThan(300);
    const { port } = (await cloud.call("GET", `${neutronPath}/ports/${port_id}`)).json;
    expect(port.device_id).toBe(second);
    expect(await records.all(ipAllocationsOf(subnet.id))).toEqual([
      { address: port.fixed_ips[0].ip_address, holder: port_id },
    ]);
  },
);

test("deleting a shelved server keeps an image that no longer names the server", async () => {
  const cloud = await startCloud();
  const server = await boot(cloud);
  expect((await nova(cloud, "POST", `/servers/${server}/action`, { shelve: null })).status).toBe(
    202,
  );
  cloud.pass(20_000);
  const { images } = (await cloud.call("GET", "/image/v2/images?name=web-shelved")).json;
  const patch = [{ op: "replace", path: "/instance_uuid", value: "another" }];
  const changed = await cloud.call("PATCH", `/image/v2/images/${images[0].id}`, {
    headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
    body: patch,
  });
  expect(changed.status).toBe(200);
  expect((await nova(cloud, "DELETE", `/servers/${server}`)).status).toBe(204);
  expect((await cloud.call("GET", `/image/v2/images/${images[0].id}`)).status).toBe(200);
});
