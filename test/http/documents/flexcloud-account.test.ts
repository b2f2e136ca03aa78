import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import { withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const accountMount = "/accounts/demo/flexcloud";

async function startWithServer123(vm: VmState) {
  const cloud = await startCloud();
  await seedServer(cloud.table, settledServer(vm, { id: "123" }));
  const act = (body: unknown, at = accountMount) =>
    cloud.call("POST", `${at}/servers/123/action`, { ...withBasicAuth(), body });
  const status = async () =>
    (await cloud.call("GET", "/servers/123", withBasicAuth())).json.server.status as string;
  return { ...cloud, act, status };
}

const conflictBody = (message: unknown) => ({
  conflictingRequest: { message, code: 409, details: "" },
});

test("H-01: a server is served under /accounts/{id}/flexcloud too, and its links keep that prefix", async () => {
  const { at, call } = await startWithServer123("active");
  const accounts = ["demo", projects.demo.id];

  for (const account of accounts)
    for (const slash of ["", "/"]) {
      const base = `/accounts/${account}/flexcloud`;
      const reply = await call("GET", `${base}/servers/123${slash}`, withBasicAuth());
      expect(reply.status).toBe(200);
      const { links, image, flavor } = reply.json.server;
      expect(links).toEqual([{ href: `${at}${base}/servers/123/`, rel: "self" }]);
      expect(image.links).toEqual([{ href: `${at}${base}/images/${image.id}/`, rel: "self" }]);
      expect(flavor.links).toEqual([{ href: `${at}${base}/flavors/1/`, rel: "self" }]);
    }
});

test("H-01: the account path accepts update and delete too", async () => {
  const { call } = await startWithServer123("active");
  const body = { server: { name: "after" } };

  expect(
    (await call("PUT", `${accountMount}/servers/123`, { ...withBasicAuth(), body })).status,
  ).toBe(204);
  expect((await call("GET", `${accountMount}/servers/123`, withBasicAuth())).json.server.name).toBe(
    "after",
  );
  expect((await call("DELETE", `${accountMount}/servers/123`, withBasicAuth())).status).toBe(202);
});

test("H-11: another account is refused with 403, whether it exists or not", async () => {
  const { call } = await startWithServer123("active");

  for (const account of ["alt_demo", "nobody", projects.alt_demo.id]) {
    const reply = await call("GET", `/accounts/${account}/flexcloud/servers/123`, withBasicAuth());
    expect([reply.status, reply.json]).toEqual([
      403,
      { forbidden: { message: "forbidden", code: 403, details: "" } },
    ]);
  }
});

test("H-05: os-start changes a server from STOPPED to ACTIVE", async () => {
  const { act, status, pass } = await startWithServer123("stopped");
  const reply = await act({ "os-start": null });

  expect([reply.status, reply.text]).toEqual([202, ""]);
  expect(await status()).toBe("PROCESSING");
  pass(1_000);
  expect(await status()).toBe("ACTIVE");
});

test("H-05: os-stop changes a server from ACTIVE to STOPPED", async () => {
  const { act, status, pass } = await startWithServer123("active");
  const reply = await act({ "os-stop": null });

  expect([reply.status, reply.text]).toEqual([202, ""]);
  expect(await status()).toBe("PROCESSING");
  pass(1_000);
  expect(await status()).toBe("STOPPED");
});

test("H-05: start or stop during another transition returns 409, other status change in progress", async () => {
  for (const [vm, action, other] of [
    ["stopped", "os-start", "os-start"],
    ["active", "os-stop", "os-stop"],
    ["active", "os-stop", "reboot"],
  ] as const) {
    const { act } = await startWithServer123(vm);
    await act({ [action]: null });
    const reply = await act({ [other]: other === "reboot" ? { type: "HARD" } : null });
    expect(reply.status).toBe(409);
    expect(reply.json).toEqual(
      conflictBody(expect.stringMatching(/^Other status change in progress/)),
    );
  }
});

test("H-05: start of a running server and stop of a stopped server return 409", async () => {
  const running = await (await startWithServer123("active")).act({ "os-start": null });
  const stopped = await (await startWithServer123("stopped")).act({ "os-stop": null });

  for (const reply of [running, stopped]) {
    expect(reply.status).toBe(409);
    expect(reply.json).toEqual(conflictBody(expect.any(String)));
  }
});

test("H-05: an action returns 401 without credentials, 404 for an unknown server, 400 for an unknown action", async () => {
  const { act, call } = await startWithServer123("stopped");
  const start = { body: { "os-start": null } };

  expect((await call("POST", "/servers/123/action", { as: null, ...start })).status).toBe(401);
  expect((await call("POST", "/servers/9/action", { ...withBasicAuth(), ...start })).status).toBe(
    404,
  );
  expect((await act({ "os-nosuch": null })).json).toEqual({
    badRequest: { message: "There is no such action: os-nosuch", code: 400, details: "" },
  });
});

test("H-06: reboot accepts the types HARD and SOFT and returns 202", async () => {
  for (const type of ["HARD", "SOFT"]) {
    const { act, status, pass } = await startWithServer123("active");
    const reply = await act({ reboot: { type } });
    expect([reply.status, reply.text]).toEqual([202, ""]);
    expect(await status()).toBe("PROCESSING");
    pass(60_000);
    expect(await status()).toBe("ACTIVE");
  }
});

test("H-06: reboot during a reboot returns 409, already rebooting", async () => {
  const { act } = await startWithServer123("active");
  await act({ reboot: { type: "HARD" } });
  const reply = await act({ reboot: { type: "SOFT" } });

  expect([reply.status, reply.json]).toEqual([409, conflictBody("Already rebooting")]);
});

test("H-08: an action path without the account works", async () => {
  const { act } = await startWithServer123("stopped");

  expect((await act({ "os-start": null }, "")).status).toBe(202);
});
