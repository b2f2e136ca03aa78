import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const demoProjectId = projects.demo.id;
const sampleBody = '{ "os-start" : null }';

async function startCloudWithServer(vm: VmState = "stopped") {
  const cloud = await startCloud();
  const { id } = await seedServer(cloud.table, settledServer(vm));
  const server = `/v2/${demoProjectId}/servers/${id}`;
  const path = `${server}/action`;
  return {
    ...cloud,
    id,
    path,
    startIt: (options: CallOptions = {}) =>
      cloud.call("POST", path, { body: sampleBody, ...options }),
    async seen() {
      const { status, ...shown } = (await cloud.call("GET", server)).json.server;
      return [status, shown["OS-EXT-STS:task_state"]];
    },
  };
}

test("S5-01: POST .../action returns before the server has started", async () => {
  const { startIt, seen } = await startCloudWithServer();

  expect((await startIt()).status).toBe(202);
  expect(await seen()).toEqual(["SHUTOFF", "powering-on"]);
});

test("S5-02: a started server has task powering-on until it is ACTIVE", async () => {
  const { startIt, seen, pass } = await startCloudWithServer();
  expect(await seen()).toEqual(["SHUTOFF", null]);

  await startIt();
  pass(999);
  expect(await seen()).toEqual(["SHUTOFF", "powering-on"]);
  pass(1);

  expect(await seen()).toEqual(["ACTIVE", null]);
});

test("S5-03: the body is os-start with null, with any JSON white space", async () => {
  expect(Buffer.byteLength(sampleBody)).toBe(21);

  for (const body of [sampleBody, '{"os-start":null}', '\r\n{\t"os-start"\n:  null\n}\n\n']) {
    const { startIt } = await startCloudWithServer();
    expect([body, (await startIt({ body })).status]).toEqual([body, 202]);
  }
});

test("S5-04: the sample's headers are accepted, with or without Accept-Encoding", async () => {
  for (const optional of [{}, { "Accept-Encoding": "gzip, deflate, compress" }]) {
    const { at, path, token } = await startCloudWithServer();
    const { status } = await rawHttpRequest(at, "POST", path, {
      headers: {
        ...optional,
        Accept: "application/json",
        "X-Auth-Token": await token(),
        "Content-Type": "application/json",
      },
      body: sampleBody,
    });
    expect(status).toBe(202);
  }
});

test("S5-05: project_id must be the token's 32 hexadecimal digits; any other returns 400", async () => {
  const { call, id, seen } = await startCloudWithServer();
  const dashed = demoProjectId.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

  for (const project of [dashed, demoProjectId.toUpperCase(), demoProjectId.slice(1), "demo"]) {
    const { status } = await call("POST", `/v2/${project}/servers/${id}/action`, {
      body: sampleBody,
    });
    expect([project, status]).toEqual([project, 400]);
  }
  expect(await seen()).toEqual(["SHUTOFF", null]);
});

test("S5-06: server_id must be a UUID; anything else returns 404", async () => {
  const { call, id } = await startCloudWithServer();

  for (const other of ["web-1", "1", id.replaceAll("-", ""), `${id}0`]) {
    const path = `/v2/${demoProjectId}/servers/${other}/action`;
    const { status, json } = await call("POST", path, { body: sampleBody });
    expect([other, status, json.itemNotFound?.code]).toEqual([other, 404, 404]);
  }
});

test("S5-07: an invalid token starts nothing and returns 401", async () => {
  const { startIt, seen, token, pass } = await startCloudWithServer();
  const old = await token();
  pass(3_600_000);

  for (const shown of ["made-up", `${await token()}x`, old]) {
    const { status } = await startIt({ as: null, headers: { "x-auth-token": shown } });
    expect(status).toBe(401);
  }
  expect(await seen()).toEqual(["SHUTOFF", null]);
});

test("S5-08: success returns 202", async () => {
  const { startIt } = await startCloudWithServer();

  expect((await startIt()).status).toBe(202);
});

test("S5-09: another project's id returns 400 badRequest and starts nothing", async () => {
  const { call, id, seen } = await startCloudWithServer();

  const { status, json } = await call("POST", `/v2/${projects.alt_demo.id}/servers/${id}/action`, {
    body: sampleBody,
  });

  expect([status, Object.keys(json), json.badRequest?.code]).toEqual([400, ["badRequest"], 400]);
  expect(await seen()).toEqual(["SHUTOFF", null]);
});

test("S5-10: a request without a token returns 401 and starts nothing", async () => {
  const { startIt, seen } = await startCloudWithServer();

  const { status, json } = await startIt({ as: null });

  expect([status, json.error.code]).toEqual([401, 401]);
  expect(await seen()).toEqual(["SHUTOFF", null]);
});

test("S5-11: an unknown instance and another project's instance return 404", async () => {
  const { call, table } = await startCloudWithServer();
  const theirs = await seedServer(
    table,
    settledServer("stopped", { project: projects.alt_demo.id }),
  );

  for (const id of ["2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10", theirs.id]) {
    const path = `/v2/${demoProjectId}/servers/${id}/action`;
    const { status, json } = await call("POST", path, { body: sampleBody });
    expect([status, json.itemNotFound?.code]).toEqual([404, 404]);
    expect(json.itemNotFound.message).toContain(id);
  }
});

test("S5-12: a path without the project returns 404", async () => {
  const { call, id, seen } = await startCloudWithServer();

  for (const path of [`/v2/servers/${id}/action`, `/v2//servers/${id}/action`])
    expect([path, (await call("POST", path, { body: sampleBody })).status]).toEqual([path, 404]);
  expect(await seen()).toEqual(["SHUTOFF", null]);
});
