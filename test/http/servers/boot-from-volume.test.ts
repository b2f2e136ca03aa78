import { expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { cinderClient } from "../../support/volumes.ts";

const [cirros, debian] = seedImages;
const unknownId = "0199340e-0f3e-4612-96be-6f1861b192b5";

async function startWithBoot() {
  const here = await startCloud();
  const post = (server: object, minor = 96) =>
    here.call("POST", "/v2.1/servers", {
      headers: { "x-openstack-nova-api-version": `2.${minor}` },
      body: { server: { name: "web", flavorRef: "1", networks: "auto", ...server } },
    });
  return {
    ...here,
    ...cinderClient(here),
    post,
    /** A server with these disks and no other boot source. */
    mapped: (devices: readonly object[], over: object = {}, minor = 96) =>
      post({ imageRef: "", block_device_mapping_v2: devices, ...over }, minor),
    server: async (id: string, as = "demo") =>
      (
        await here.call("GET", `/v2.1/servers/${id}`, {
          as,
          headers: { "x-openstack-nova-api-version": "2.96" },
        })
      ).json.server,
    attachments: async (id: string) =>
      (await here.call("GET", `/v2.1/servers/${id}/os-volume_attachments`)).json.volumeAttachments,
  };
}

const imageDevice = {
  source_type: "image",
  destination_type: "volume",
  uuid: cirros?.id,
  boot_index: 0,
  volume_size: 2,
};

test("a server boots from a volume made from an image: it has no image, and the volume is in use", async () => {
  const here = await startWithBoot();
  const reply = await here.mapped([{ ...imageDevice, delete_on_termination: true }]);
  expect(reply.status).toBe(202);
  const { id } = reply.json.server;
  const [root] = await here.attachments(id);
  expect(root.device).toBe("/dev/vda");
  expect(await here.statusOf(root.volumeId)).toBe("creating");
  here.pass(1_000);
  expect(await here.server(id)).toMatchObject({
    status: "ACTIVE",
    image: "",
    "os-extended-volumes:volumes_attached": [{ id: root.volumeId, delete_on_termination: true }],
  });
  expect(await here.show("volume", root.volumeId)).toMatchObject({
    status: "in-use",
    size: 2,
    name: "",
    bootable: "true",
    volume_image_metadata: { image_id: cirros?.id },
    attachments: [{ server_id: id, device: "/dev/vda" }],
  });
  const off = `/v2.1/servers/${id}/os-volume_attachments/${root.volumeId}`;
  expect((await here.call("DELETE", off)).json.badRequest.message).toBe(
    "Cannot detach a root device volume",
  );
  await here.call("DELETE", `/v2.1/servers/${id}`);
  here.pass(500);
  expect((await here.show("volume", root.volumeId)).status).toBe(404);
});

test("a server boots from an existing volume, which survives its deletion", async () => {
  const here = await startWithBoot();
  const volume = await here.volume({ imageRef: cirros?.id });
  const disk = { source_type: "volume", destination_type: "volume", uuid: volume.id };
  const reply = await here.mapped([{ ...disk, boot_index: 0, tag: "root" }]);
  const { id } = reply.json.server;
  expect(await here.statusOf(volume.id)).toBe("attaching");
  expect((await here.mapped([{ ...disk, boot_index: 0 }])).json.badRequest.message).toMatch(
    /^Invalid volume: Invalid input received: Invalid volume: Volume .* to reserve, but the current/,
  );
  here.pass(1_000);
  expect((await here.server(id)).status).toBe("ACTIVE");
  expect(await here.statusOf(volume.id)).toBe("in-use");
  await here.call("DELETE", `/v2.1/servers/${id}`);
  expect(await here.statusOf(volume.id)).toBe("available");
});

test("disks from a snapshot, blank and beside an image each become a volume", async () => {
  const here = await startWithBoot();
  const { id: source } = await here.volume({ imageRef: cirros?.id, size: 3 });
  const snapshot = await here.make("snapshot", { volume_id: source });
  here.pass(500);
  await here.make("volume_type", { name: "fast" }, "admin");
  const reply = await here.mapped([
    { source_type: "snapshot", destination_type: "volume", uuid: snapshot.id, boot_index: 0 },
    { source_type: "blank", destination_type: "volume", volume_size: 4, volume_type: "fast" },
    { source_type: "blank", destination_type: "volume", volume_size: 1, device_name: "/dev/vdf" },
  ]);
  const { id } = reply.json.server;
  here.pass(1_000);
  const all = await here.attachments(id);
  expect(all.map(({ device }: { device: string }) => device)).toEqual([
    "/dev/vda",
    "/dev/vdb",
    "/dev/vdf",
  ]);
  const volumes = await Promise.all(
    all.map(({ volumeId }: { volumeId: string }) => here.show("volume", volumeId)),
  );
  expect(volumes).toMatchObject([
    { size: 3, snapshot_id: snapshot.id, bootable: "true" },
    { size: 4, name: `${id}-blank-vol`, volume_type: "fast" },
    { size: 1, status: "in-use" },
  ]);

  const beside = await here.post({
    imageRef: cirros?.id,
    block_device_mapping_v2: [
      { source_type: "image", destination_type: "local", uuid: cirros?.id, boot_index: 0 },
      { source_type: "blank", destination_type: "volume", volume_size: 1 },
    ],
  });
  here.pass(1_000);
  const { image, ...rest } = await here.server(beside.json.server.id);
  expect(image.id).toBe(cirros?.id);
  expect(rest["os-extended-volumes:volumes_attached"]).toHaveLength(1);
});

test("the legacy mapping boots from the volume named vda", async () => {
  const here = await startWithBoot();
  const { id: volume_id } = await here.volume({ imageRef: cirros?.id });
  const legacy = { block_device_mapping: [{ volume_id, device_name: "vda" }] };
  const { id } = (await here.post({ imageRef: "", ...legacy })).json.server;
  here.pass(1_000);
  expect((await here.server(id)).image).toBe("");
  const spare = await here.volume();
  const beside = { block_device_mapping: [{ volume_id: spare.id, device_name: "/dev/vdc" }] };
  const reply = await here.post({ imageRef: cirros?.id, ...beside });
  expect(reply.status).toBe(202);
  expect((await here.attachments(reply.json.server.id))[0].device).toBe("/dev/vdc");
  const both = { ...beside, block_device_mapping_v2: [imageDevice] };
  expect((await here.post({ imageRef: cirros?.id, ...both })).json.badRequest.message).toBe(
    "Using different block_device_mapping syntaxes is not allowed in the same request.",
  );
});

const blankDevice = { source_type: "blank", destination_type: "volume", volume_size: 1 };
const invalidMapping = (details: string) => `Block Device Mapping is Invalid: ${details}`;
const invalidSequence = invalidMapping(
  "Boot sequence for the instance and image/block device mapping combination is not valid.",
);
const rootDevice = imageDevice;

test.each<[readonly object[], string]>([
  [[blankDevice], invalidSequence],
  [[{ ...rootDevice, boot_index: 1 }], invalidSequence],
  [[rootDevice, { ...blankDevice, boot_index: 2 }], invalidSequence],
  [
    [{ ...rootDevice, volume_size: undefined }],
    "Images with destination_type 'volume' need to have a non-zero size specified",
  ],
  [[{ ...rootDevice, uuid: unknownId }], invalidMapping(`failed to get image ${unknownId}.`)],
  [
    [{ ...rootDevice, uuid: debian?.id, volume_size: 1 }],
    "Volume is smaller than the minimum size specified in image metadata. Volume size is 1073741824 bytes, minimum size is 3221225472 bytes.",
  ],
  [
    [{ ...rootDevice, source_type: "volume", uuid: unknownId }],
    invalidMapping(`failed to get volume ${unknownId}.`),
  ],
  [
    [{ ...rootDevice, source_type: "snapshot", uuid: unknownId }],
    `Snapshot ${unknownId} could not be found.`,
  ],
  [
    [rootDevice, { source_type: "volume", uuid: unknownId }],
    `Volume ${unknownId} could not be found.`,
  ],
  [
    [rootDevice, { ...rootDevice, boot_index: null, uuid: unknownId, source_type: "snapshot" }],
    invalidMapping(`failed to get snapshot ${unknownId}.`),
  ],
  [[{ ...rootDevice, volume_type: "no" }], "Volume type no could not be found."],
  [
    [rootDevice, { ...blankDevice, volume_size: undefined }],
    "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size",
  ],
  [[rootDevice, { ...blankDevice, uuid: unknownId }], invalidMapping("Invalid device UUID.")],
  [[{ ...rootDevice, uuid: undefined }], invalidMapping("Missing device UUID.")],
  [
    [{ ...rootDevice, destination_type: "local" }],
    invalidMapping("Mapping image to local is not supported."),
  ],
  [
    [rootDevice, { ...blankDevice, destination_type: "local", volume_type: "x" }],
    invalidMapping("Specifying a volume_type with destination_type=local is not supported."),
  ],
  [
    [{ ...rootDevice, source_type: "volume", volume_type: "x" }],
    invalidMapping("Specifying volume type to existing volume is not supported."),
  ],
  [
    [rootDevice, { ...blankDevice, destination_type: "local", volume_size: 1 }],
    "Ephemeral disks requested are larger than the instance type allows. If no size is given in one block device mapping, flavor ephemeral size will be used.",
  ],
  [
    [
      rootDevice,
      { ...blankDevice, destination_type: "local", guest_format: "swap", volume_size: 1 },
    ],
    "Swap drive requested is larger than instance type allows.",
  ],
])("disks of %j are refused", async (devices, message) => {
  const here = await startWithBoot();
  const reply = await here.mapped(devices);
  expect([reply.status, reply.json]).toEqual([400, { badRequest: { message, code: 400 } }]);
  expect((await here.call("GET", "/v2.1/servers")).json.servers).toEqual([]);
  expect((await here.ask("GET", "/volumes")).json.volumes).toEqual([]);
});

test("a volume that is not bootable is refused, and one volume cannot boot several servers", async () => {
  const here = await startWithBoot();
  const { id } = await here.volume();
  const disk = { source_type: "volume", destination_type: "volume", uuid: id };
  expect((await here.mapped([{ ...disk, boot_index: 0 }])).json.badRequest.message).toBe(
    `Block Device ${id} is not bootable.`,
  );
  const two = await here.mapped([rootDevice, disk], { min_count: 2 });
  expect(two.json.badRequest.message).toBe(
    "Cannot attach one or more volumes to multiple instances",
  );
  expect((await here.post({})).json.badRequest.message).toBe("Missing imageRef attribute");
  const many = await here.mapped([rootDevice], { min_count: 2 });
  expect(many.status).toBe(202);
  expect((await here.ask("GET", "/volumes")).json.volumes).toHaveLength(3);
});

test("a flavor without a disk requires booting from a volume", async () => {
  const here = await startWithBoot();
  const flavor = { name: "diskless", ram: 512, vcpus: 1, disk: 0, id: "diskless" };
  await here.call("POST", "/v2.1/flavors", { as: "admin", body: { flavor } });
  const of = { flavorRef: "diskless" };
  expect((await here.post({ ...of, imageRef: cirros?.id })).status).toBe(403);
  expect((await here.mapped([rootDevice], of)).status).toBe(202);
});

test("a server whose volumes exceed Cinder's quota becomes ERROR and has no volumes", async () => {
  const here = await startWithBoot();
  const reply = await here.mapped([
    { ...rootDevice, volume_size: 999 },
    { ...blankDevice, volume_size: 2 },
  ]);
  expect(reply.status).toBe(202);
  const { id } = reply.json.server;
  here.pass(5_000);
  expect(await here.server(id)).toMatchObject({
    status: "ERROR",
    fault: {
      message: `Build of instance ${id} aborted: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 2G, quota is 1000G and 999G has been consumed.`,
    },
    "os-extended-volumes:volumes_attached": [],
  });
  expect((await here.ask("GET", "/volumes")).json.volumes).toEqual([]);
});
