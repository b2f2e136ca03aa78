import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const demoProjectId = projects.demo.id;
const unknownServerId = "2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10";

async function startCloudWithServer() {
  const cloud = await startCloud();
  const { id } = await seedServer(cloud.table, settledServer("active"));
  return { ...cloud, id, path: `/v2/${demoProjectId}/servers/${id}` };
}

test("S4-01: GET /v2/{project_id}/servers/{server_id} returns that server synchronously", async () => {
  const { call, table, path, id } = await startCloudWithServer();
  await seedServer(table, settledServer("active", { name: "another" }));

  const { status, json } = await call("GET", path);

  expect([status, json.server.id, json.server.name]).toEqual([200, id, "web-1"]);
});

test("S4-02: the response is readable with and without Accept-Encoding", async () => {
  const { at, path, token } = await startCloudWithServer();
  const headers = { "x-auth-token": await token() };

  const reply = await rawHttpRequest(at, "GET", path, {
    headers: { ...headers, "accept-encoding": "gzip, deflate, compress" },
  });
  const unasked = await rawHttpRequest(at, "GET", path, { headers });

  expect([reply.status, reply.header("content-encoding")]).toEqual([200, undefined]);
  expect(reply.text).toBe(unasked.text);
});

test("S4-03: a client that accepts application/json gets it", async () => {
  const { call, path } = await startCloudWithServer();

  const { status, headers } = await call("GET", path, { headers: { accept: "application/json" } });

  expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
});

test("S4-04: X-Auth-Token is required and must be valid", async () => {
  const { call, path, token } = await startCloudWithServer();
  const shown = async (value: string) =>
    (await call("GET", path, { as: null, headers: { "x-auth-token": value } })).status;

  expect(await shown(await token())).toBe(200);
  expect(await shown(`${await token()}x`)).toBe(401);
  expect((await call("GET", path, { as: null })).status).toBe(401);
});

test("S4-05: no body is required, and a body is ignored", async () => {
  const { at, path, token } = await startCloudWithServer();
  const headers = { "x-auth-token": await token(), "content-type": "application/json" };

  expect((await rawHttpRequest(at, "GET", path, { headers })).status).toBe(200);
  expect((await rawHttpRequest(at, "GET", path, { headers, body: "{" })).status).toBe(200);
});

test("S4-06: project_id must be the token's 32 hexadecimal digits; any other returns 400", async () => {
  const { call, id } = await startCloudWithServer();
  const dashed = demoProjectId.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

  for (const project of [
    dashed,
    demoProjectId.toUpperCase(),
    demoProjectId.slice(1),
    "demo",
    "%20",
  ]) {
    const { status, json } = await call("GET", `/v2/${project}/servers/${id}`);
    expect([project, status, json.badRequest?.code]).toEqual([project, 400, 400]);
  }
});

test("S4-07: server_id must be a UUID; anything else returns 404", async () => {
  const { call, id } = await startCloudWithServer();

  for (const other of ["web-1", "1", "%00", id.replaceAll("-", ""), "x".repeat(2_000)]) {
    const { status, json } = await call("GET", `/v2/${demoProjectId}/servers/${other}`);
    expect([other, status, json.itemNotFound?.code]).toEqual([other, 404, 404]);
  }
});

test("S4-08: success returns 200", async () => {
  const { call, path } = await startCloudWithServer();

  expect((await call("GET", path)).status).toBe(200);
});

test("S4-09: a tenant other than the token's returns 400, for administrators too", async () => {
  const { call, id, path } = await startCloudWithServer();

  for (const [as, url] of [
    ["demo", `/v2/${projects.alt_demo.id}/servers/${id}`],
    ["alt_demo", path],
    ["admin", path],
  ] as const) {
    const { status, json } = await call("GET", url, { as });
    expect([as, status, Object.keys(json)]).toEqual([as, 400, ["badRequest"]]);
  }
});

test("S4-10: a request without a token or with an expired one returns 401 in JSON", async () => {
  const { call, path, token, pass } = await startCloudWithServer();
  const old = await token();
  pass(3_600_000);

  for (const headers of [undefined, { "x-auth-token": old }]) {
    const options = headers ? { as: null, headers } : { as: null };
    const reply = await call("GET", path, options);
    expect([reply.status, reply.json.error.code]).toEqual([401, 401]);
    expect(reply.headers.get("www-authenticate")).toMatch(/^Keystone uri=/);
  }
});

test("S4-11: a path without the project returns 404", async () => {
  const { call, id } = await startCloudWithServer();

  for (const path of [
    `/v2/servers/${id}`,
    `/v2//servers/${id}`,
    `/v2/${demoProjectId}/x/servers/${id}`,
  ])
    expect([path, (await call("GET", path)).status]).toEqual([path, 404]);
});

test("S4-12: an unknown server and another project's server return 404", async () => {
  const { call, table } = await startCloudWithServer();
  const theirs = await seedServer(
    table,
    settledServer("active", { project: projects.alt_demo.id }),
  );

  for (const id of [unknownServerId, theirs.id]) {
    const { status, json } = await call("GET", `/v2/${demoProjectId}/servers/${id}`);
    expect(status).toBe(404);
    expect(json).toEqual({
      itemNotFound: { message: `Instance ${id} could not be found.`, code: 404 },
    });
  }
});
