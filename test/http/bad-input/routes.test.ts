import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { dialectOf } from "../../../lambdas/services.ts";
import { startCloud, type TestResponse } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import {
  type ComputeMount,
  computeMounts,
  computeMountsOf,
  expectMicroversion,
  expectRequestId,
} from "../../support/mounts.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { servedRoutes } from "../../support/register.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const novaMounts = computeMountsOf("nova", "nova-v2");

/** WebOb's page for an unrouted path: 112 bytes, without version headers. */
function expectNotRouted(reply: TestResponse): void {
  expect([reply.status, reply.text]).toEqual([
    404,
    '{"message": "The resource could not be found.<br /><br />\\n\\n\\n", "code": "404 Not Found", "title": "Not Found"}',
  ]);
  expect(reply.headers.get("content-length")).toBe("112");
  expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
  expectRequestId(reply);
  expectMicroversion(reply, null);
}

test("E-29: on Nova a wrong method returns 404 before the body and version are checked", async () => {
  const { table, at, token } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const headers = { "x-auth-token": await token(), "x-openstack-nova-api-version": "x" };

  await expectUnchanged(table, async () => {
    for (const mount of novaMounts)
      for (const [method, path] of [
        ["GET", `/servers/${id}/action`],
        ["PUT", `/servers/${id}/action`],
        ["DELETE", `/servers/${id}/action`],
        ["POST", `/servers/${id}`],
        ["PATCH", `/servers/${id}`],
        ["PUT", "/servers"],
        ["DELETE", "/servers"],
        ["POST", "/servers/detail"],
        ["POST", "/flavors/1"],
        ["PUT", "/images/1"],
      ] as const)
        expectNotRouted(await httpRequest(at, method, mount.path + path, { headers, body: "{" }));
  });
});

test("E-29: on Nova HEAD of a server returns 404", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of novaMounts) {
    const reply = await call("HEAD", `${mount.path}/servers/${id}`);
    expect([reply.status, reply.text]).toEqual([404, ""]);
    expectRequestId(reply);
  }
});

test("E-29: on Nova an unknown path, a trailing slash and .json return 404", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of novaMounts)
    for (const path of [
      ...["/nosuch", "/servers/", "/servers.json", "/server", "/Servers", "/servers/detail/"],
      ...[`/servers/${id}/`, `/servers/${id}.json/x`, `/servers/${id}/nosuch`],
      ...[`/servers/${id}/action/`, `/servers/${id}/action/x`, "/os-nosuch/1/2/3", "/flavors/1/"],
      `/servers/${id}/remote-consoles`,
    ])
      expectNotRouted(await call("GET", mount.path + path));
});

test("E-29: on Nova .json after an id is part of the id", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of novaMounts)
    mount.expectRefusal(await call("GET", `${mount.path}/servers/${id}.json`), {
      status: 404,
      name: "itemNotFound",
      message: `Instance ${id}.json could not be found.`,
    });
});

test("E-29: without a token every path and method returns 401 first", async () => {
  const { call } = await startCloud();
  const nobody = { as: null };

  for (const mount of computeMounts)
    for (const [method, path] of [
      ["GET", "/servers/x/nosuch"],
      ["PATCH", "/servers/x"],
      ["GET", "/servers/x/action"],
    ] as const)
      if (mount.dialect !== "rackspace")
        mount.expectUnauthenticated(await call(method, mount.path + path, nobody));
  for (const path of ["/v2.1/nosuch", `/v2/${projects.demo.id}/nosuch`, "/v2.1/servers/"])
    expect((await call("GET", path, nobody)).status).toBe(401);
});

const methodNotAllowedBodies: Partial<Record<ComputeMount["dialect"], unknown>> = {
  rackspace: { message: expect.any(String), code: 405 },
  flexcloud: { message: expect.any(String), code: 405, details: "" },
};

test("S1-25: Rackspace and Hostway mounts return 405 badMethod for a wrong method, with the allowed ones", async () => {
  const { table, at, token } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  await expectUnchanged(table, async () => {
    for (const mount of computeMountsOf("rackspace", "flexcloud"))
      for (const [method, path, allowed] of [
        ["GET", `/servers/${id}/action`, "POST"],
        ["PUT", `/servers/${id}/action`, "POST"],
        ["DELETE", `/servers/${id}/action/`, "POST"],
        ["PATCH", `/servers/${id}`, "DELETE, GET, PUT"],
        ["PUT", "/servers", "GET, POST"],
        ["POST", "/flavors", "GET"],
      ] as const) {
        const { headers, as } = mount.withCredentials();
        const credentials = as === null ? headers : { "x-auth-token": await token() };
        const options = { headers: credentials ?? {}, body: "{" };
        const reply = await httpRequest(at, method, mount.path + path, options);
        expect([reply.status, reply.json]).toEqual([
          405,
          { badMethod: methodNotAllowedBodies[mount.dialect] },
        ]);
        expect(reply.headers.get("allow")).toBe(allowed);
        expectRequestId(reply);
      }
  });
});

test("S3-35: Rackspace and Hostway mounts ignore a trailing slash or .json", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));

  for (const mount of computeMountsOf("rackspace", "flexcloud")) {
    for (const path of [`/servers/${id}/`, `/servers/${id}.json`, "/servers/", "/servers.json"])
      expect((await call("GET", mount.path + path, mount.withCredentials())).status).toBe(200);
    const reboot = mount.withCredentials({ body: { reboot: { type: "HARD" } } });
    expect((await call("POST", `${mount.path}/servers/${id}/action/`, reboot)).status).toBe(202);
  }
});

test("an unknown path on Rackspace and Hostway mounts returns 404 in JSON", async () => {
  const { call } = await startCloud();

  for (const mount of computeMountsOf("rackspace", "flexcloud"))
    for (const path of ["/servers/a/b", "/servers/a/b/c/d", "/flavors/1/2", "/images/x/y/z"]) {
      const reply = await call("GET", mount.path + path, mount.withCredentials());
      expect(reply.status).toBe(404);
      expect(reply.json).toBeTypeOf("object");
      expectRequestId(reply);
    }
});

test("E-29: a path of no service returns the versions with 300", async () => {
  const { at, call } = await startCloud();

  for (const path of ["/v3", "/foo", "/foo/bar", "/.env", "/index.php", "/v2.10", "/%00"]) {
    const reply = await call("GET", path, { as: null });
    expect([path, reply.status]).toEqual([path, 300]);
    expect(reply.json.choices.map(({ id }: { id: string }) => id)).toEqual(["v2.0", "v2.1"]);
  }
  const posted = await httpRequest(at, "POST", "/foo", { body: "{" });
  expect(posted.status).toBe(300);
});

test("version documents need no token, with and without a trailing slash", async () => {
  const { call } = await startCloud();

  for (const version of ["v2.1", "v2"])
    for (const slash of ["", "/"]) {
      const reply = await call("GET", `/${version}${slash}`, { as: null });
      expect([`/${version}${slash}`, reply.status]).toEqual([`/${version}${slash}`, 200]);
      expect(reply.json.version.id).toBe(version === "v2" ? "v2.0" : "v2.1");
    }
});

test("every root collection of the compute API is served by a compute dialect", () => {
  const bare = servedRoutes.filter(
    ({ mountPath, operations }) => mountPath === "" && operations[0]?.service === "compute",
  );

  for (const { key } of bare) {
    const path = key.replace(/^\S+ /, "");
    expect([path, dialectOf(path, { "x-auth-token": "x" }).name]).toEqual([path, "rackspace"]);
    expect([path, dialectOf(path, { authorization: "x" }).name]).toEqual([path, "flexcloud"]);
  }
});

test("a request line with an absolute URL, as for a proxy, is answered", async () => {
  const { at, token } = await startCloud();
  const headers = { "x-auth-token": await token() };
  const { status } = await rawHttpRequest(
    at,
    "GET",
    "http://elsewhere.example/v2.1/flavors?limit=1",
    {
      headers,
    },
  );
  expect(status).toBe(200);
});
