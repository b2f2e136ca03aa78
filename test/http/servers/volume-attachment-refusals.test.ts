import { expect, test } from "vitest";
import { conflictBody, startWithVolumes } from "../../support/attachable-volumes.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

test("an impossible attachment is refused with Nova's message and stores nothing", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const [server, other] = [await here.boot(), await here.boot()];
  const unknown = "0199340e-0f3e-4612-96be-6f1861b192b5";
  expect((await here.attach(server, unknown)).json).toEqual({
    itemNotFound: { message: `Volume ${unknown} could not be found.`, code: 404 },
  });
  await here.attach(server, id);
  here.pass(500);
  for (const one of [server, other])
    expect((await here.attach(one, id)).json.badRequest.message).toBe(
      `Invalid volume: volume ${id} is already attached to instances: ${server}`,
    );
  const young = (await here.make("volume", { size: 1 })).id;
  expect((await here.attach(server, young)).json.badRequest.message).toContain(
    "to reserve, but the current status is creating. (HTTP 400)",
  );
  const theirs = await here.volume({}, "alt_demo");
  expect((await here.attach(server, theirs.id)).status).toBe(404);
  expect((await here.nova("GET", here.at(server))).json.volumeAttachments).toHaveLength(1);
  expect((await here.attach(server, id, {}, 96, "reader")).status).toBe(403);
});

test("a locked or busy server, or one in the wrong state, attaches no volume", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const server = await here.boot();
  const act = (body: object) => here.call("POST", `/v2.1/servers/${server}/action`, { body });
  await act({ "os-stop": null });
  expect((await here.attach(server, id)).json).toEqual(
    conflictBody(
      `Cannot 'attach_volume' instance ${server} while it is in task_state powering-off`,
    ),
  );
  here.pass(1_000);
  await act({ lock: null });
  const locked = conflictBody(`Instance ${server} is locked`);
  expect((await here.attach(server, id)).json).toEqual(locked);
  expect((await here.attach(server, id, {}, 96, "admin")).status).toBe(200);
  here.pass(500);
  expect((await here.nova("DELETE", `${here.at(server)}/${id}`)).json).toEqual(locked);
  expect(await here.statusOf(id)).toBe("in-use");

  const suspended = await seedServer(here.table, settledServer("suspended"));
  const spare = await here.volume();
  expect((await here.attach(suspended.id, spare.id)).json).toEqual(
    conflictBody(
      `Cannot 'attach_volume' instance ${suspended.id} while it is in vm_state suspended`,
    ),
  );
  const shelved = await seedServer(here.table, settledServer("shelved"));
  expect((await here.attach(shelved.id, spare.id, {}, 19)).status).toBe(409);
  expect((await here.attach(shelved.id, spare.id, {}, 20)).status).toBe(200);
});

test("of concurrent attachments of one volume to many servers one succeeds", async () => {
  const here = await startWithVolumes();
  const { id } = await here.volume();
  const servers = [];
  for (let i = 0; i < 5; i++) servers.push(await seedServer(here.table, settledServer("active")));
  const all = await Promise.all(servers.map((server) => here.attach(server.id, id)));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  const replies = await Promise.all(servers.map((one) => here.nova("GET", here.at(one.id))));
  expect(replies.flatMap(({ json }) => json.volumeAttachments)).toHaveLength(1);
});

test("volumes attached concurrently to a server all get distinct devices", async () => {
  const here = await startWithVolumes();
  const server = await here.boot();
  const volumes = [];
  for (let i = 0; i < 4; i++) volumes.push(await here.volume());
  const all = await Promise.all(volumes.map(({ id }) => here.attach(server, id)));
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { volumeAttachments } = (await here.nova("GET", here.at(server))).json;
  const devices = volumeAttachments.map(({ device }: { device: string }) => device).sort();
  expect(devices).toEqual(["/dev/vdb", "/dev/vdc", "/dev/vdd", "/dev/vde"]);
});
