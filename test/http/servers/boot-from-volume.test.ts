import { expect, test } from "vitest";
import { cirros, imageDevice, startWithBoot } from "../../support/boot-devices.ts";

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
