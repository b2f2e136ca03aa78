import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { uuid4 } from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const demoProjectId = projects.demo.id;
const otherProjectId = projects.alt_demo.id;
const requestId = new RegExp(`^req-${uuid4.source}$`);

async function startRawShow(over: Partial<Server> = {}) {
  const { at, table, token, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active", over));
  const show = async (
    headers: Record<string, string> = {},
    project: string = demoProjectId,
    server = id,
  ) =>
    rawHttpRequest(at, "GET", `/v2/${project}/servers/${server}`, {
      headers: { "x-auth-token": await token(), ...headers },
    });
  return { show, call, id, at };
}

test("S4-50: status line and headers of a success equal the sample's", async () => {
  const { show } = await startRawShow();

  const { statusLine, header, text } = await show();

  expect(statusLine).toBe("HTTP/1.1 200 OK");
  expect(header("content-type")).toBe("application/json");
  expect(header("content-length")).toBe(String(Buffer.byteLength(text)));
  expect(header("x-compute-request-id")).toMatch(requestId);
  expect(header("date")).toMatch(/ GMT$/);
});

test("S4-51: the body is the sample's 1541 bytes, as Python's json.dumps writes them", async () => {
  const id = "e7b1f3a6-2c1b-4d0e-9a57-3f6b0c9d8e21";
  const host = "192.168.0.11:8774";
  const image = seedImages[0]?.id;
  const launched = Date.UTC(2014, 6, 24, 0, 26, 12);
  const { show } = await startRawShow({
    id,
    name: "test-server-001",
    motion: { action: "create", from: "building", to: "active", due: launched },
    created: launched - 8_000,
    updated: launched,
    launched,
    addresses: [
      { network: "private", addr: "10.0.0.2", version: 4, mac: "fa:16:3e:0c:8f:21", type: "fixed" },
    ],
  });

  const { text, header } = await show({ host });

  const expected = [
    `{"server": {"OS-DCF:diskConfig": "MANUAL", "OS-EXT-AZ:availability_zone": "nova", `,
    `"OS-EXT-STS:power_state": 1, "OS-EXT-STS:task_state": null, "OS-EXT-STS:vm_state": "active", `,
    `"OS-SRV-USG:launched_at": "2014-07-24T00:26:12.000000", "OS-SRV-USG:terminated_at": null, `,
    `"accessIPv4": "", "accessIPv6": "", "created": "2014-07-24T00:26:04Z", `,
    `"flavor": {"id": "1", "links": [{"rel": "bookmark", "href": "http://${host}/${demoProjectId}/flavors/1"}]}, `,
    `"hostId": "${"a".repeat(56)}", "id": "${id}", `,
    `"image": {"id": "${image}", "links": [{"rel": "bookmark", "href": "http://${host}/${demoProjectId}/images/${image}"}]}, `,
    `"links": [{"rel": "self", "href": "http://${host}/v2/${demoProjectId}/servers/${id}"}, `,
    `{"rel": "bookmark", "href": "http://${host}/${demoProjectId}/servers/${id}"}], `,
    `"metadata": {}, "name": "test-server-001", "progress": 0, "status": "ACTIVE", `,
    `"tenant_id": "${demoProjectId}", "updated": "2014-07-24T00:26:12Z", `,
    `"user_id": "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", `,
    `"addresses": {"private": [{"OS-EXT-IPS-MAC:mac_addr": "fa:16:3e:0c:8f:21", `,
    `"OS-EXT-IPS:type": "fixed", "version": 4, "addr": "10.0.0.2"}]}, `,
    `"config_drive": "", "key_name": null, "os-extended-volumes:volumes_attached": [], `,
    `"security_groups": [{"name": "default"}]}}`,
  ].join("");
  expect(text).toBe(expected);
  expect(Buffer.byteLength(text)).toBe(1541);
  expect(header("content-length")).toBe("1541");
});

test("S4-52: links use the request's Host with its port", async () => {
  const { show, at } = await startRawShow();
  const hrefs = (text: string) => [...text.matchAll(/"href": "(http:\/\/[^/]*)\//g)];
  const hosts = (text: string) => new Set(hrefs(text).map(([, origin]) => origin));

  const elsewhere = await show({ host: "compute.example.com:8774" });
  const here = await show();

  expect(hrefs(elsewhere.text).length).toBe(4);
  expect(hosts(elsewhere.text)).toEqual(new Set(["http://compute.example.com:8774"]));
  expect(hosts(here.text)).toEqual(new Set([at]));
});

test("S4-53: another project in the path returns 400 with the sample's headers", async () => {
  const { show } = await startRawShow();

  const { statusLine, header } = await show({}, otherProjectId);

  expect(statusLine).toBe("HTTP/1.1 400 Bad Request");
  expect(header("content-type")).toBe("application/json; charset=UTF-8");
  expect(header("content-length")).toBe("188");
  expect(header("x-compute-request-id")).toMatch(requestId);
  expect(header("date")).toMatch(/ GMT$/);
});

test("S4-54: that 400 body is the sample's, 188 bytes for two ids of 32 digits", async () => {
  const { show } = await startRawShow();

  const { text } = await show({}, otherProjectId);

  expect(text).toBe(
    `{"badRequest": {"message": "Malformed request URL: URL's project_id '${otherProjectId}' doesn't match Context's project_id '${demoProjectId}'", "code": 400}}`,
  );
  expect(Buffer.byteLength(text)).toBe(188);
});

test("S4-55: authentication is checked before the project, and the project before the server", async () => {
  const { show, call } = await startRawShow();
  const missing = "2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10";

  expect((await call("GET", `/v2/${otherProjectId}/servers/${missing}`, { as: null })).status).toBe(
    401,
  );
  expect((await show({}, otherProjectId, missing)).status).toBe(400);
  expect((await show({}, demoProjectId, missing)).status).toBe(404);
});

test("S4-56: /v2 sends no microversion headers and ignores them", async () => {
  const { show, call, id } = await startRawShow();

  for (const sent of [{}, { "x-openstack-nova-api-version": "2.93" }]) {
    const { status, headers } = await show(sent);
    expect(status).toBe(200);
    expect(headers.filter(([name]) => /api-version|vary/.test(name))).toEqual([]);
  }
  const today = await call("GET", `/v2.1/servers/${id}`);
  expect(today.headers.get("x-openstack-nova-api-version")).toBe("2.1");
});
