import { createHash } from "node:crypto";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, type TestResponse } from "../../support/cloud.ts";
import { microversionHeader, refusalOf, startOneServer } from "../../support/one-server.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const headersOfEmptyBody = ({ status, text, headers }: TestResponse) => [
  status,
  text,
  headers.get("content-length"),
  headers.get("content-type"),
];
const acceptedResponse = [202, "", "0", "application/json"];

test("E-27: some operations have their own success code, and an empty body has no Content-Length", async () => {
  const { act, call, path } = await startOneServer();
  const admin = (method: string, where: string, body?: object) =>
    call(method, `/v2.1${where}`, { as: "admin", ...(body && { body }) });

  expect(headersOfEmptyBody(await act("lock"))).toEqual(acceptedResponse);
  await act("unlock");
  expect((await act("os-getConsoleOutput", {})).status).toBe(200);
  expect((await act("os-getVNCConsole", { type: "novnc" })).status).toBe(200);
  expect(headersOfEmptyBody(await act("os-stop"))).toEqual(acceptedResponse);

  const flavor = { id: "x", name: "x", ram: 64, vcpus: 1, disk: 0 };
  expect((await admin("POST", "/flavors", { flavor })).status).toBe(200);
  expect(headersOfEmptyBody(await admin("DELETE", "/flavors/x"))).toEqual(acceptedResponse);
  expect(headersOfEmptyBody(await admin("DELETE", `/os-quota-sets/${projects.demo.id}`))).toEqual(
    acceptedResponse,
  );

  const keypair = (version: number) =>
    call("POST", "/v2.1/os-keypairs", {
      body: { keypair: { name: `key-${version}` } },
      headers: microversionHeader(version),
    });
  const forget = async (version: number) =>
    (
      await call("DELETE", `/v2.1/os-keypairs/key-${version}`, {
        headers: microversionHeader(version),
      })
    ).status;
  expect([(await keypair(1)).status, (await keypair(2)).status]).toEqual([200, 201]);
  expect([await forget(1), await forget(2)]).toEqual([202, 204]);

  const tag = () => call("PUT", `${path}/tags/blue`, { headers: microversionHeader(26) });
  const first = await tag();
  expect([first.status, first.headers.get("location")]).toEqual([
    201,
    expect.stringMatching(/\/tags\/blue$/),
  ]);
  expect((await tag()).status).toBe(204);
  const gone = await call("DELETE", path);
  expect([gone.status, gone.text]).toEqual([204, ""]);
});

test("E-27: attaching an interface returns 200, detaching 202", async () => {
  const { call, pass } = await startCloud();
  const body = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" } };
  const { server } = (await call("POST", "/v2.1/servers", { body })).json;
  pass(1_000);
  const path = `/v2.1/servers/${server.id}/os-interface`;
  const { networks } = (await call("GET", "/network/v2.0/networks?name=private")).json;
  const interfaceAttachment = { net_id: networks[0].id };
  const added = await call("POST", path, { body: { interfaceAttachment } });
  expect(added.status).toBe(200);
  const { port_id } = added.json.interfaceAttachment;
  expect(headersOfEmptyBody(await call("DELETE", `${path}/${port_id}`))).toEqual(acceptedResponse);
});

test("E-33: each console request returns a new token, stored as a hash and valid for ten minutes", async () => {
  const { act, call, at: origin, table, pass } = await startOneServer("stopped");
  const granted = async (): Promise<string> =>
    (await act("os-getVNCConsole", { type: "novnc" })).json.console.url;
  const opened = async (url: string) =>
    (await call("GET", url.slice(origin.length), { as: null })).status;

  const [one, other] = [await granted(), await granted()];
  expect(one).toMatch(/\?path=%3Ftoken%3D[0-9a-f-]{36}$/);
  const tokens = [one, other].map((url) => url.slice(-36));
  expect(new Set(tokens).size).toBe(2);
  expect([await opened(one), await opened(other)]).toEqual([200, 200]);

  const { Items = [] } = await table.db.send(new ScanCommand({ TableName: table.name }));
  const kept = JSON.stringify(Items);
  for (const token of tokens) {
    expect(kept).not.toContain(token);
    const sums = (["hex", "base64url", "base64"] as const).map((form) =>
      createHash("sha256").update(token).digest(form),
    );
    expect(sums.some((sum) => kept.includes(sum))).toBe(true);
  }

  pass(599_999);
  const third = await granted();
  expect([await opened(one), await opened(third)]).toEqual([200, 200]);
  pass(1);
  expect([await opened(one), await opened(third)]).toEqual([401, 200]);
});

test("E-33: deleting a server invalidates all its tokens, and no new one is issued", async () => {
  const { act, call, at: origin, path, id } = await startOneServer();
  const urls = [];
  for (const type of ["novnc", "xvpvnc"])
    urls.push((await act("os-getVNCConsole", { type })).json.console.url);
  await call("DELETE", path);
  for (const url of urls)
    expect((await call("GET", url.slice(origin.length), { as: null })).status).toBe(401);
  expect(refusalOf(await act("os-getVNCConsole", { type: "novnc" }))).toEqual([
    409,
    expect.stringContaining(id),
  ]);
});

test("E-09: a page that is exactly full links to a next page, which is empty", async () => {
  const { table, call, at: origin } = await startCloud();
  for (let index = 0; index < 2; index++) await seedServer(table, settledServer("active"));

  const { servers, servers_links: links } = (
    await call("GET", "/v2.1/servers?limit=2&sort_key=uuid&name=web")
  ).json;
  expect(servers).toHaveLength(2);
  expect(links).toEqual([
    {
      rel: "next",
      href: `${origin}/v2.1/servers?limit=2&marker=${servers[1].id}&name=web&sort_key=uuid`,
    },
  ]);
  const next = await call("GET", links[0].href.slice(origin.length));
  expect(next.json).toEqual({ servers: [] });
  expect((await call("GET", "/v2.1/servers?limit=3")).json).not.toHaveProperty("servers_links");
});

test("E-38: deleting a flavor leaves its servers unchanged and makes it unavailable", async () => {
  const { call, pass } = await startCloud();
  const flavor = { id: "x", name: "gone", ram: 512, vcpus: 1, disk: 1 };
  await call("POST", "/v2.1/flavors", { as: "admin", body: { flavor } });
  const body = { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "x" } };
  const { server } = (await call("POST", "/v2.1/servers", { body })).json;
  pass(1_000);
  await call("DELETE", "/v2.1/flavors/x", { as: "admin" });

  const shown = (version: number) =>
    call("GET", `/v2.1/servers/${server.id}`, { headers: microversionHeader(version) });
  expect((await shown(1)).json.server.flavor.id).toBe("x");
  expect((await shown(47)).json.server.flavor).toMatchObject({ original_name: "gone", ram: 512 });
  expect(refusalOf(await call("POST", "/v2.1/servers", { body }))).toEqual([
    400,
    "Flavor x could not be found.",
  ]);
});
