import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import { type ComputeMount, computeMounts, computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const rename = { server: { name: "a" } };

const requests = (id: string) =>
  [
    ["GET", `/servers/${id}`, undefined],
    ["PUT", `/servers/${id}`, rename],
    ["DELETE", `/servers/${id}`, undefined],
    ["POST", `/servers/${id}/action`, { reboot: { type: "HARD" } }],
    ["POST", `/servers/${id}/action`, { "os-getVNCConsole": { type: "novnc" } }],
    ["POST", `/servers/${id}/action`, { "os-start": null }],
    ["POST", `/servers/${id}/action`, { "os-stop": null }],
  ] as const;

const isStartOrStop = (body: unknown): boolean => /os-st/.test(JSON.stringify(body ?? ""));

const serverNotFound = (mount: ComputeMount, shown: string, body: unknown) => ({
  status: 404,
  name: "itemNotFound",
  message:
    mount.dialect === "flexcloud"
      ? "Resource not found"
      : `Instance ${shown} ${isStartOrStop(body) ? "has no mapping to a cell." : "could not be found."}`,
});

const unknown = [
  randomUUID(),
  "test_server_0013",
  "1",
  "detail2",
  "00000000-0000-0000-0000-000000000000",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "019bc14f-ef80-7e5c-a671",
  "019bc14f-ef80-7e5c-a671-aa957b6b0929x",
  "a".repeat(255),
  "a".repeat(256),
  "a".repeat(3_000),
];

for (const mount of computeMounts)
  test(`E-32: ${mount.dialect} at "${mount.path}" returns 404 for an id of no server`, async () => {
    const { table, call } = await startCloud();
    await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const id of unknown)
        for (const [method, path, body] of requests(id)) {
          const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
          if (id.length <= 255) mount.expectRefusal(reply, serverNotFound(mount, id, body));
          else expect(reply.status).toBe(404);
        }
    });
  });

const encodedIds: readonly [sent: string, told: string][] = [
  ["%00", "\u0000"],
  ["%2e%2e", ".."],
  ["a%2Fb", "a/b"],
  ["..%2F..%2Fetc%2Fpasswd", "../../etc/passwd"],
  ["%25", "%"],
  ["%E4%BD%A0", "你"],
  ["%F0%9F%9A%80", "🚀"],
  ["a%20b", "a b"],
  ["a%23b", "a#b"],
  ["SERVER%23x", "SERVER#x"],
  ["%22%3E%3Cscript%3E", '"><script>'],
  ["%0d%0aX-Bad:%201", "\r\nX-Bad: 1"],
  ["'%20OR%20'1'='1", "' OR '1'='1"],
  ["a+b", "a+b"],
  ["$", "$"],
  ["*", "*"],
];

for (const mount of computeMounts)
  test(`E-32: ${mount.dialect} at "${mount.path}" returns 404 for an id with special characters`, async () => {
    const { table, at, token } = await startCloud();
    await seedServer(table, settledServer("stopped"));
    const good = await token();

    await expectUnchanged(table, async () => {
      for (const [sent, shown] of encodedIds)
        for (const [method, path, body] of requests(sent)) {
          const { as, headers = {} } = mount.withCredentials();
          const credentials = as === null ? headers : { "x-auth-token": good };
          const reply = await httpRequest(at, method, mount.path + path, {
            headers: credentials,
            body,
          });
          mount.expectRefusal(reply, serverNotFound(mount, shown, body));
          expect(reply.headers.get("x-bad")).toBe(null);
        }
    });
  });

test("a broken percent escape returns a 4xx on every mount", async () => {
  const { table, at, token } = await startCloud();
  const good = await token();

  await expectUnchanged(table, async () => {
    for (const mount of computeMounts)
      for (const id of ["%", "%zz", "%e4", "%c3%28", "%ff", "a%2", "%u0041", "%ed%a0%80"])
        for (const [method, path, body] of requests(id)) {
          const { as, headers = {} } = mount.withCredentials();
          const credentials = as === null ? headers : { "x-auth-token": good };
          const reply = await httpRequest(at, method, mount.path + path, {
            headers: credentials,
            body,
          });
          expect([400, 404]).toContain(reply.status);
          expect(reply.json).toBeTypeOf("object");
        }
  });
});

test("E-32: an id in capitals finds the same server; an id without dashes finds none", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of computeMounts) {
    const look = async (as: string) =>
      (await call("GET", `${mount.path}/servers/${as}`, mount.withCredentials())).status;
    expect(await look(id.toUpperCase())).toBe(200);
    expect(await look(id.replaceAll("-", ""))).toBe(404);
    expect(await look(`%7B${id}%7D`)).toBe(404);
  }
});

test("E-32: every request for another project's server returns 404", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));

  await expectUnchanged(table, async () => {
    for (const mount of computeMountsOf("nova", "nova-v2", "rackspace"))
      for (const [method, path, body] of requests(id)) {
        const at = mount.path.replace(projects.demo.id, projects.alt_demo.id);
        const reply = await call(method, at + path, { as: "alt_demo", body });
        expect([reply.status, Object.keys(reply.json)]).toEqual([404, ["itemNotFound"]]);
      }
  });
});

const malformedUrl = (path: string) => ({
  status: 400,
  name: "badRequest",
  message: `Malformed request URL: URL's project_id '${path}' doesn't match Context's project_id '${projects.demo.id}'`,
});

const otherProjectIds = [
  projects.alt_demo.id,
  "0".repeat(32),
  "5d8b9931-0e6c-49ea-a541-3aa659170deb",
  "abc",
];

test("E-31: another project's path returns 400, whether the server exists or not", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));

  await expectUnchanged(table, async () => {
    for (const [version, mount] of [
      ["/v2.1", computeMountsOf("nova")[0]],
      ["/v2", computeMountsOf("nova-v2")[0]],
    ] as const)
      for (const project of otherProjectIds)
        for (const server of [id, "nosuch"])
          for (const [method, path, body] of requests(server))
            mount?.expectRefusal(
              await call(method, `${version}/${project}${path}`, { body }),
              malformedUrl(project),
            );
  });
});

test("E-31: an administrator's token does not open another project's path", async () => {
  const { call } = await startCloud();
  const reply = await call("GET", `/v2.1/${projects.demo.id}/servers`, { as: "admin" });

  expect(reply.json.badRequest.message).toBe(
    `Malformed request URL: URL's project_id '${projects.demo.id}' doesn't match Context's project_id '${projects.admin.id}'`,
  );
});

test("E-31: a malformed project id returns 404 on v2.1 and 400 on v2", async () => {
  const { call } = await startCloud();
  const [v2] = computeMountsOf("nova-v2");

  for (const project of ["w7c1a9a6f0d5e4c1f8a3f6d2b9e0c4d1", "demo", "%20", "ABC"]) {
    for (const body of [{ "os-start": null }, "{"]) {
      const reply = await call("POST", `/v2.1/${project}/servers/x/action`, { body });
      expect([reply.status, reply.json.title]).toEqual([404, "Not Found"]);
    }
    const reply = await call("GET", `/v2/${project}/servers/x`);
    v2?.expectRefusal(reply, malformedUrl(decodeURIComponent(project)));
  }
});
