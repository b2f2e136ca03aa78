import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import {
  computeMounts,
  computeMountsOf,
  expectMicroversion,
  expectRequestId,
} from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const novaVersionHeader = (version: string) => ({ "x-openstack-nova-api-version": version });
const computeVersionHeader = (version: string) => ({
  "openstack-api-version": `compute ${version}`,
});

test("E-28: the default version is 2.1, and every response states it", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const [method, path, status] of [
    ["GET", `/v2.1/servers/${id}`, 200],
    ["GET", "/v2.1/servers/nosuch", 404],
    ["POST", `/v2.1/servers/${id}/action`, 400],
    ["DELETE", `/v2.1/servers/${id}`, 204],
  ] as const) {
    const reply = await call(method, path);
    expect(reply.status).toBe(status);
    expectMicroversion(reply, "2.1");
    expectRequestId(reply);
  }
});

test("E-28: every version up to the latest is served, by the new header and the old", async () => {
  const { call } = await startCloud();
  const every = Array.from({ length: 96 }, (_, i) => `2.${i + 1}`);

  for (const [version, headers] of [
    ...every.flatMap((version) => [
      [version, novaVersionHeader(version)] as const,
      [version, computeVersionHeader(version)] as const,
    ]),
    ["2.96", novaVersionHeader("latest")],
    ["2.96", computeVersionHeader("latest")],
    ["2.1", { "openstack-api-version": "Compute 2.1" }],
    ["2.73", { "openstack-api-version": "volume 3.59, compute 2.73" }],
    ["2.8", { "openstack-api-version": "compute 2.99, compute 2.8" }],
  ] as const) {
    const reply = await call("GET", "/v2.1/servers", { headers });
    expect(reply.status).toBe(200);
    expectMicroversion(reply, version);
  }
});

test("E-28: a version for another service is ignored", async () => {
  const { call } = await startCloud();

  for (const version of ["volume 3.59", "placement 1.39, identity 3.14", "compute", "2.1", ""]) {
    const headers = { "openstack-api-version": version };
    const reply = await call("GET", "/v2.1/servers", { headers });
    expect([version, reply.status]).toEqual([version, 200]);
    expectMicroversion(reply, "2.1");
  }
});

test("E-28: the new header takes precedence over the old one", async () => {
  const { call } = await startCloud();
  const both = (version: string, old: string) =>
    call("GET", "/v2.1/servers", {
      headers: { ...computeVersionHeader(version), ...novaVersionHeader(old) },
    });

  expect((await both("2.1", "2.999")).status).toBe(200);
  expect((await both("2.999", "2.1")).status).toBe(406);
});

const outOfRange = [
  "2.0",
  "2.97",
  "2.104",
  "2.999",
  "1.1",
  "3.0",
  "10.1",
  "2.99999999999999999999",
];

test("E-28: a version out of range returns 406 computeFault with the version as sent", async () => {
  const { at, token } = await startCloud();
  const headers = { "x-auth-token": await token() };

  for (const version of outOfRange)
    for (const versionHeader of [novaVersionHeader(version), computeVersionHeader(version)]) {
      const reply = await httpRequest(at, "GET", "/v2.1/servers", {
        headers: { ...headers, ...versionHeader },
      });
      const message = `Version ${version} is not supported by the API. Minimum is 2.1 and maximum is 2.96.`;
      expect([reply.status, reply.json]).toEqual([406, { computeFault: { message, code: 406 } }]);
      expectMicroversion(reply, version);
      expectRequestId(reply);
    }
});

const malformedVersions = [
  ...["2", "2.", ".1", "2.01", "02.1", "2.1.1", "v2.1", "-2.1", "2.-1", "2,1", "LATEST", "two"],
  ...["2.1 2.1", "2.x", "0x2.1", "٢.١", "2.1;x"],
];

test("E-28: a malformed version returns 400 with Nova's message", async () => {
  const { at, table, token } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));
  const headers = { "x-auth-token": await token() };
  const refusal = (version: string) => ({
    badRequest: {
      message: `API Version String ${version} is of invalid format. Must be of format MajorNum.MinorNum.`,
      code: 400,
    },
  });

  await expectUnchanged(table, async () => {
    for (const version of malformedVersions.filter((text) => /^[\x20-\x7e]*$/.test(text))) {
      const last = version.split(",").at(-1) ?? "";
      const reply = await httpRequest(at, "POST", `/v2.1/servers/${id}/action`, {
        headers: { ...headers, ...novaVersionHeader(version) },
        body: { "os-start": null },
      });
      expect([reply.status, reply.json]).toEqual([400, refusal(last)]);
      expectRequestId(reply);
    }
    const empty = await httpRequest(at, "GET", "/v2.1/servers", {
      headers: { ...headers, ...novaVersionHeader("") },
    });
    expect([empty.status, empty.json]).toEqual([400, refusal("")]);
  });
});

test("E-28: a bad version is refused after a bad token and before a bad body", async () => {
  const { call } = await startCloud();
  const ask = (as: string | null, version: string) =>
    call("POST", "/v2.1/servers", { as, headers: novaVersionHeader(version), body: "{" });

  expect((await ask(null, "2.999")).status).toBe(401);
  expect((await ask("demo", "2.999")).status).toBe(406);
  expect((await ask("demo", "2")).json.badRequest.message).toMatch(/^API Version String/);
  expect((await ask("demo", "2.1")).json.badRequest.message).toBe("Malformed request body");
});

test("E-28: the other dialects ignore version headers and send none", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of computeMounts.filter(({ dialect }) => dialect !== "nova"))
    for (const version of ["2.999", "2", ""]) {
      const headers = { ...novaVersionHeader(version), ...computeVersionHeader(version) };
      const reply = await call(
        "GET",
        `${mount.path}/servers/${id}`,
        mount.withCredentials({ headers }),
      );
      expect(reply.status).toBe(200);
      expectMicroversion(reply, null);
      expectRequestId(reply);
    }
});

test("E-28: every refusal of v2.1 has the version headers", async () => {
  const { call } = await startCloud();

  for (const { path } of computeMountsOf("nova")) {
    expectMicroversion(await call("GET", `${path}/servers?limit=x`), "2.1");
    expectMicroversion(await call("POST", `${path}/servers`, { body: {} }), "2.1");
    expectMicroversion(await call("DELETE", `${path}/servers/nosuch`, { as: "reader" }), "2.1");
  }
});
