import { expect, test } from "vitest";
import { cirros, debian, imageDevice, startWithBoot } from "../../support/boot-devices.ts";

const unknownId = "0199340e-0f3e-4612-96be-6f1861b192b5";

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
