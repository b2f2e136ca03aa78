import { expect, test } from "vitest";
import { conflictBody, startWithVolumes } from "../../support/attachable-volumes.ts";

test("attaching a volume reserves it at once, then makes it in-use, and shows it on both sides", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const server = await here.boot();
  const reply = await here.attach(server, id, { tag: "data", delete_on_termination: true });
  expect([reply.status, reply.json]).toEqual([
    200,
    {
      volumeAttachment: {
        id,
        serverId: server,
        volumeId: id,
        device: "/dev/vdb",
        tag: "data",
        delete_on_termination: true,
      },
    },
  ]);
  expect(await here.statusOf(id)).toBe("attaching");
  here.pass(500);
  const volume = await here.show("volume", id);
  expect(volume).toMatchObject({
    status: "in-use",
    metadata: { attached_mode: "rw" },
    attachments: [{ server_id: server, device: "/dev/vdb" }],
  });
  const shown = async (minor: number) =>
    (await here.nova("GET", `/v2.1/servers/${server}`, minor)).json.server[
      "os-extended-volumes:volumes_attached"
    ];
  expect(await shown(1)).toEqual([{ id }]);
  expect(await shown(3)).toEqual([{ id, delete_on_termination: true }]);
  const { attachment_id } = volume.attachments[0];
  const whole = { volumeId: id, serverId: server, device: "/dev/vdb" };
  const versions = {
    1: { id, ...whole },
    70: { id, ...whole, tag: "data" },
    79: { id, ...whole, tag: "data", delete_on_termination: true },
    89: {
      ...whole,
      tag: "data",
      delete_on_termination: true,
      attachment_id,
      bdm_uuid: expect.any(String),
    },
  };
  for (const [minor, members] of Object.entries(versions)) {
    expect((await here.nova("GET", `${here.at(server)}/${id}`, Number(minor))).json).toEqual({
      volumeAttachment: members,
    });
    expect((await here.nova("GET", here.at(server), Number(minor))).json).toEqual({
      volumeAttachments: [members],
    });
  }
});

test("detaching a volume removes it from the server when due and makes it available", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const server = await here.boot();
  await here.attach(server, id);
  here.pass(500);
  const off = () => here.nova("DELETE", `${here.at(server)}/${id}`);
  expect((await off()).status).toBe(202);
  expect(await here.statusOf(id)).toBe("detaching");
  expect((await off()).json.badRequest.message).toMatch(
    /^Invalid volume: Invalid input received: Invalid volume: Unable to detach volume. Volume status must be 'in-use'/,
  );
  here.pass(500);
  expect(await here.statusOf(id)).toBe("available");
  expect((await here.nova("GET", here.at(server))).json).toEqual({ volumeAttachments: [] });
  expect((await off()).json.itemNotFound.message).toBe(
    `Instance ${server} is not attached to volume ${id}`,
  );
  const { instanceActions } = (
    await here.nova("GET", `/v2.1/servers/${server}/os-instance-actions`)
  ).json;
  expect(instanceActions.map(({ action }: { action: string }) => action)).toEqual([
    "detach_volume",
    "attach_volume",
    "create",
  ]);
});

test("a volume gets the next free device letter, or the requested one if it is free", async () => {
  const here = await startWithVolumes();
  const server = await here.boot();
  const device = async (over: object = {}) => {
    const { id } = await here.volume();
    const { status, json } = await here.attach(server, id, over, 60);
    return status === 200 ? json.volumeAttachment.device : [status, json];
  };
  expect(await device()).toBe("/dev/vdb");
  expect(await device({ device: "/dev/sdd" })).toBe("/dev/vdd");
  expect(await device()).toBe("/dev/vdc");
  expect(await device({ device: "/dev/vdd" })).toEqual([
    409,
    conflictBody("The supplied device path (/dev/vdd) is in use."),
  ]);
  expect(await device({ device: "vdx" })).toMatchObject([400, {}]);
  const three = (await here.nova("GET", `${here.at(server)}?limit=1&offset=1`)).json;
  expect(three.volumeAttachments.map((one: { device: string }) => one.device)).toEqual([
    "/dev/vdd",
  ]);
});

test("a multiattach volume can be on several servers, from 2.60 on", async () => {
  const here = await startWithVolumes();
  const specs = { name: "multi", extra_specs: { multiattach: "<is> True" } };
  await here.make("volume_type", specs, "admin");
  const { id } = await here.volume({ volume_type: "multi" });
  const [one, other] = [await here.boot(), await here.boot()];
  expect((await here.attach(one, id, {}, 59)).json.badRequest.message).toBe(
    "Multiattach volumes are only supported starting with compute API version 2.60.",
  );
  for (const server of [one, other]) {
    expect((await here.attach(server, id, {}, 60)).status).toBe(200);
    here.pass(500);
  }
  expect((await here.attach(one, id)).json.badRequest.message).toBe(
    `Invalid volume: volume ${id} already attached`,
  );
  expect((await here.show("volume", id)).attachments).toHaveLength(2);
  await here.nova("DELETE", `${here.at(one)}/${id}`);
  here.pass(500);
  expect(await here.statusOf(id)).toBe("in-use");
  expect((await here.show("volume", id)).attachments).toMatchObject([{ server_id: other }]);
});

test("delete_on_termination can be changed from 2.85 on; administrators swap volumes", async () => {
  const here = await startWithVolumes();
  const [{ id }, other] = [await here.volume(), await here.volume()];
  const server = await here.boot();
  await here.attach(server, id);
  here.pass(500);
  const put = (minor: number, over: object, as = "demo") =>
    here.nova("PUT", `${here.at(server)}/${id}`, minor, { volumeAttachment: over }, as);
  expect((await put(85, { volumeId: id, delete_on_termination: true })).status).toBe(202);
  const { volumeAttachment } = (await here.nova("GET", `${here.at(server)}/${id}`)).json;
  expect(volumeAttachment.delete_on_termination).toBe(true);
  expect((await put(85, { volumeId: id, device: "/dev/vdz" })).json.badRequest.message).toBe(
    "The device property is not mutable",
  );
  for (const minor of [1, 85])
    expect((await put(minor, { volumeId: other.id })).json.forbidden.message).toBe(
      "Policy doesn't allow os_compute_api:os-volumes-attachments:swap to be performed.",
    );
  expect((await put(1, { volumeId: server }, "admin")).json.badRequest.message).toBe(
    `Volume ${server} could not be found.`,
  );
  expect((await put(1, { volumeId: id }, "admin")).json.badRequest.message).toBe(
    "Invalid volume: New volume must be detached in order to swap.",
  );
  expect((await put(1, { volumeId: other.id }, "admin")).status).toBe(202);
  here.pass(500);
  const attachments = (await here.nova("GET", here.at(server), 1)).json.volumeAttachments;
  expect(attachments).toEqual([
    { id: other.id, volumeId: other.id, serverId: server, device: "/dev/vdb" },
  ]);
  expect([await here.statusOf(id), await here.statusOf(other.id)]).toEqual(["available", "in-use"]);
});

test("deleting a server frees its volumes, and deletes those with delete_on_termination", async () => {
  const here = await startWithVolumes();
  const [stays, goes] = [await here.volume(), await here.volume()];
  const server = await here.boot();
  await here.attach(server, stays.id);
  await here.attach(server, goes.id, { delete_on_termination: true });
  here.pass(500);
  expect((await here.call("DELETE", `/v2.1/servers/${server}`)).status).toBe(204);
  here.pass(500);
  expect(await here.show("volume", stays.id)).toMatchObject({
    status: "available",
    attachments: [],
  });
  expect((await here.show("volume", goes.id)).status).toBe(404);
});

test("a server with volumes is shown with one read, and lists them", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const server = await here.boot();
  await here.attach(server, id);
  here.commands.length = 0;
  await here.call("GET", `/v2.1/servers/${server}`);
  expect(here.commands).toEqual(["GetItem"]);
  const { servers } = (await here.call("GET", "/v2.1/servers/detail")).json;
  expect(servers[0]["os-extended-volumes:volumes_attached"]).toEqual([{ id }]);
});
