import { expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import {
  microversionHeader,
  refusalOf,
  serverClient,
  startOneServer,
} from "../../support/one-server.ts";

const [image] = seedImages;
const resize = (flavorRef: string) => ["resize", { flavorRef }] as const;
const rebuild = (over: object = {}) => ["rebuild", { imageRef: image?.id, ...over }] as const;

test("E-18, E-19: a server that fits no host is accepted, then becomes ERROR with a fault", async () => {
  const cloud = await startCloud();
  const flavor = { id: "vast", name: "vast", ram: 100_000_000, vcpus: 1, disk: 1 };
  await cloud.call("POST", "/v2.1/flavors", { as: "admin", body: { flavor } });
  const quota_set = { ram: -1, cores: -1 };
  await cloud.call("PUT", `/v2.1/os-quota-sets/5d8b99310e6c49eaa5413aa659170deb`, {
    as: "admin",
    body: { quota_set },
  });
  const server = { name: "web", imageRef: image?.id, flavorRef: "vast" };
  const created = await cloud.call("POST", "/v2.1/servers", { body: { server } });
  expect(created.status).toBe(202);
  const { show, act, path, id } = serverClient(cloud, created.json.server.id);
  expect((await show()).status).toBe("BUILD");

  cloud.pass(1_000);
  const shown = await show();
  expect(shown).toMatchObject({
    status: "ERROR",
    hostId: "",
    addresses: {},
    "OS-EXT-STS:vm_state": "error",
    "OS-EXT-STS:task_state": null,
    "OS-EXT-STS:power_state": 0,
    "OS-SRV-USG:launched_at": null,
    fault: {
      code: 500,
      message: expect.stringMatching(/^No valid host was found\./),
      created: expect.stringMatching(/^2026-01-15T12:00:00Z$/),
    },
  });
  expect(shown.fault).not.toHaveProperty("details");
  expect(shown).not.toHaveProperty("progress");
  expect((await show({ as: "admin" })).fault).toHaveProperty("details");
  expect(refusalOf(await act("os-start"))?.[0]).toBe(409);
  const listed = (await cloud.call("GET", "/v2.1/servers?status=error")).json.servers;
  expect(listed.map((one: { id: string }) => one.id)).toEqual([id]);
  expect((await cloud.call("DELETE", path)).status).toBe(204);
});

test("E-19: a fault is shown only in ERROR; its details to administrators, or for codes other than 500", async () => {
  const fault = {
    code: 500,
    message: "No valid host was found.",
    details: "why",
    created: startTime,
  };
  const failed = await startOneServer("error", { fault });
  expect((await failed.show()).fault).toEqual({
    code: 500,
    message: "No valid host was found.",
    created: "2026-01-15T12:00:00Z",
  });
  expect((await failed.show({ as: "admin", headers: microversionHeader(96) })).fault.details).toBe(
    "why",
  );
  const well = await startOneServer("active", { fault });
  expect(await well.show()).not.toHaveProperty("fault");
  const without = await startOneServer("error");
  expect(await without.show()).not.toHaveProperty("fault");
  const other = await startOneServer("error", { fault: { ...fault, code: 409 } });
  expect((await other.show()).fault).toHaveProperty("details", "why");
});

test("E-25: rebuild returns the server with a password and its host; metadata stays unless given", async () => {
  const {
    act,
    path,
    state,
    pass,
    show,
    at: origin,
    id,
  } = await startOneServer("active", {
    metadata: { key: "value" },
  });
  const { status, json, headers } = await act(...rebuild({ name: "anew" }));
  expect([status, headers.get("location")]).toEqual([202, `${origin}${path}`]);
  expect(json.server).toMatchObject({
    id,
    name: "anew",
    status: "REBUILD",
    metadata: { key: "value" },
    adminPass: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
  });
  expect(await state()).toEqual(["active", "rebuilding", 1, "REBUILD"]);
  pass(60_000);
  expect(await state()).toEqual(["active", null, 1, "ACTIVE"]);
  await act(...rebuild({ metadata: {} }));
  pass(60_000);
  expect((await show()).metadata).toEqual({});
});

test("flow: stop, rebuild, still SHUTOFF", async () => {
  const { act, state, pass } = await startOneServer();
  await act("os-stop");
  pass(60_000);
  expect((await act(...rebuild())).status).toBe(202);
  expect(await state()).toEqual(["stopped", "rebuilding", 4, "REBUILD"]);
  const seen: unknown[] = [];
  for (let step = 0; step < 40; step++) {
    pass(100);
    seen.push((await state())[1]);
  }
  expect(seen).toContain("powering-off");
  expect(await state()).toEqual(["stopped", null, 4, "SHUTOFF"]);
});

test("E-26: resize needs another flavor, changes it at the end, then waits for confirm or revert", async () => {
  const { act, state, pass, show, id } = await startOneServer();
  const flavor = async () => (await show()).flavor.id;

  expect(refusalOf(await act(...resize("1")))).toEqual([
    400,
    "When resizing, instances must change flavor!",
  ]);
  for (const action of ["confirmResize", "revertResize"])
    expect(refusalOf(await act(action))).toEqual([
      409,
      `Cannot '${action}' instance ${id} while it is in vm_state active`,
    ]);
  expect((await act(...resize("2"))).status).toBe(202);
  expect([await flavor(), (await show()).status]).toEqual(["1", "RESIZE"]);
  pass(60_000);
  expect([await flavor(), ...(await state())]).toEqual(["2", "resized", null, 1, "VERIFY_RESIZE"]);
  expect(refusalOf(await act(...resize("3")))).toEqual([
    409,
    `Cannot 'resize' instance ${id} while it is in vm_state resized`,
  ]);
  const confirmed = await act("confirmResize");
  expect([confirmed.status, confirmed.text]).toEqual([204, ""]);
  pass(60_000);
  expect([await flavor(), ...(await state())]).toEqual(["2", "active", null, 1, "ACTIVE"]);

  await act(...resize("1"));
  pass(60_000);
  expect((await act("revertResize")).status).toBe(202);
  pass(60_000);
  expect([await flavor(), ...(await state())]).toEqual(["2", "active", null, 1, "ACTIVE"]);
});

test("flow: resize of a SHUTOFF server, revert", async () => {
  const { act, state, pass, show } = await startOneServer("stopped");
  for (const [end, flavor] of [
    ["revertResize", "1"],
    ["confirmResize", "2"],
  ] as const) {
    await act(...resize("2"));
    expect((await show()).status).toBe("RESIZE");
    pass(60_000);
    expect(await state()).toEqual(["resized", null, 4, "VERIFY_RESIZE"]);
    await act(end);
    pass(60_000);
    expect(await state()).toEqual(["stopped", null, 4, "SHUTOFF"]);
    expect((await show()).flavor.id).toBe(flavor);
  }
});

test("E-27: rescue returns 200 with a password", async () => {
  const { act, state, pass } = await startOneServer();
  const { status, json } = await act("rescue", {});
  expect([status, Object.keys(json)]).toEqual([200, ["adminPass"]]);
  pass(60_000);
  expect((await state()).at(-1)).toBe("RESCUE");
  expect((await act("unrescue")).status).toBe(202);
});

test("E-41: shelve removes a server from its host and creates an image with its name", async () => {
  const { act, state, pass, call, show } = await startOneServer("active", { name: "web" });
  const shelved = async () =>
    (await call("GET", "/image/v2/images?name=web-shelved")).json.images.map(
      (one: { status: string }) => one.status,
    );
  expect((await act("shelve")).status).toBe(202);
  expect(await show()).toHaveProperty("OS-EXT-STS:task_state", "shelving");
  expect(await shelved()).toHaveLength(1);
  pass(60_000);
  expect(await state()).toEqual(["shelved_offloaded", null, 4, "SHELVED_OFFLOADED"]);
  expect(await shelved()).toEqual(["active"]);
  expect((await act("unshelve")).status).toBe(202);
  pass(60_000);
  expect(await state()).toEqual(["active", null, 1, "ACTIVE"]);
  expect(await shelved()).toEqual([]);
});

test("flow: shelve, no hostId, unshelve", async () => {
  const { act, pass, show } = await startOneServer();
  expect((await show()).hostId).not.toBe("");
  await act("shelve");
  pass(60_000);
  expect((await show()).hostId).toBe("");
  await act("unshelve");
  pass(60_000);
  expect((await show()).hostId).toMatch(/^[0-9a-f]{56}$/);
});
