import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts, computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const body = '{"os-start": null}';
const unsupported = { status: 415, name: "badMediaType", message: "Unsupported Content-Type" };

const unsupportedTypes = [
  "application/x-www-form-urlencoded",
  "application/xml",
  "text/html",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "json",
  "*/*",
];

for (const mount of computeMounts)
  test(`E-01: ${mount.dialect} at "${mount.path}" refuses a body with another Content-Type than JSON`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));
    const types =
      mount.dialect === "flexcloud" ? unsupportedTypes : [...unsupportedTypes, "Application/JSON"];

    await expectUnchanged(table, async () => {
      for (const type of types) {
        const options = mount.withCredentials({ headers: { "content-type": type }, body });
        mount.expectRefusal(
          await call("POST", `${mount.path}/servers/${id}/action`, options),
          unsupported,
        );
      }
    });
  });

for (const mount of computeMounts)
  test(`${mount.dialect} at "${mount.path}" accepts each JSON media type, and a missing Content-Type`, async () => {
    for (const type of [
      "application/json",
      "application/json; charset=UTF-8",
      "application/json;charset=utf-8",
      "application/vnd.openstack.compute+json",
      "text/plain",
      "text/plain; charset=latin1",
      "",
    ]) {
      if (mount.dialect === "flexcloud" && type.includes("vnd")) continue;
      const { table, at, token } = await startCloud();
      const { id } = await seedServer(table, settledServer("stopped"));
      const { as, headers = {} } = mount.withCredentials();
      const credentials = as === null ? headers : { "x-auth-token": await token() };
      const reply = await httpRequest(at, "POST", `${mount.path}/servers/${id}/action`, {
        headers: { ...credentials, "content-type": type },
        body,
      });
      expect([type, reply.status]).toEqual([type, 202]);
    }
  });

test("E-29: the response is JSON for every Accept header", async () => {
  const { call } = await startCloud();

  for (const accept of ["text/html", "application/xml", "image/*;q=0.1", "*/*", "", "x", ";;,"])
    for (const mount of computeMountsOf("nova", "nova-v2", "rackspace")) {
      const reply = await call("GET", `${mount.path}/servers/x`, { headers: { accept } });
      const message = "Instance x could not be found.";
      mount.expectRefusal(reply, { status: 404, name: "itemNotFound", message });
    }
});

test("the client's own request id is not reused", async () => {
  const { call } = await startCloud();
  const headers = {
    "x-openstack-request-id": "req-aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "x-compute-request-id": "mine",
  };
  const reply = await call("GET", "/v2.1/servers", { headers });

  expect(reply.headers.get("x-openstack-request-id")).not.toBe(headers["x-openstack-request-id"]);
  expect(reply.headers.get("x-compute-request-id")).toMatch(/^req-/);
});

test("an invalid Host does not get into a link", async () => {
  const { table, at, token } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const credentials = { "x-auth-token": await token() };

  for (const headers of [
    { host: 'evil"><script>' },
    { host: "a b" },
    { host: "user@evil.example" },
    { host: "evil.example/path?" },
    { host: "" },
  ]) {
    const reply = await httpRequest(at, "GET", `/v2.1/servers/${id}`, {
      headers: { ...credentials, ...headers },
    });
    expect(reply.status).toBeLessThan(500);
    if (reply.status === 200) expect(reply.text).not.toMatch(/script|evil\.example\/path|user@/);
  }
});

test("an invalid forwarded scheme is ignored", async () => {
  const { call } = await startCloud();

  for (const scheme of ["javascript", "ftp", "", "https,http", "HTTPS"]) {
    const headers = { "x-forwarded-proto": scheme };
    const { json } = await call("GET", "/", { as: null, headers });
    expect(json.versions[0].links[0].href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2\/$/);
  }
});

test("duplicate, unusual and very long headers cause no error", async () => {
  const { at, token } = await startCloud();
  const good = await token();
  const status = async (headers: Record<string, string>) =>
    (
      await httpRequest(at, "GET", "/v2.1/servers", {
        headers: { "x-auth-token": good, ...headers },
      })
    ).status;

  expect(await status({ __proto__x: "1", constructor: "x", "content-length": "0" })).toBe(200);
  expect(await status({ "x-long": "a".repeat(8_000) })).toBe(200);
  expect(await status({ "x-auth-token": `${good}, ${good}` })).toBe(401);
  expect(await status({ "x-latin": "\u00e9\u00ff" })).toBe(200);
  expect(await status({ "accept-encoding": "gzip, deflate, compress" })).toBe(200);
  expect(await status({ "if-none-match": "*", range: "bytes=0-1" })).toBe(200);
});

async function sendRaw(at: string, lines: string): Promise<string> {
  const { port, hostname } = new URL(at);
  const socket = connect(Number(port), hostname);
  socket.end(lines);
  return (await text(socket)).split("\r\n")[0] ?? "";
}

test("the front server refuses a request that is not HTTP and keeps running", async () => {
  const { at, call } = await startCloud();

  for (const lines of [
    "GARBAGE\r\n\r\n",
    "GET /v2.1/servers HTTP/9.9\r\n\r\n",
    "GET /v2.1/servers HTTP/1.1\r\n\r\n",
    "GET /v2.1/servers HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
    "POST /v2.1/servers HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    "POST /v2.1/servers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ])
    expect(await sendRaw(at, lines)).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect((await call("GET", "/v2.1/servers")).status).toBe(200);
});
