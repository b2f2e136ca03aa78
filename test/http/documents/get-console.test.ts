import { expect, test } from "vitest";
import {
  consoleRequestBody,
  startCloudWithConsole,
  uuid4,
} from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

test("S1-01: os-getVNCConsole on a server's action path returns a console URL", async () => {
  const { getConsole } = await startCloudWithConsole();

  const { json } = await getConsole();

  expect(json.console.url).toMatch(/\/console\?token=/);
});

test("S1-02: the console belongs to the server whose UUID is in the path", async () => {
  const { table, call, open } = await startCloudWithConsole({ name: "web-1" });
  const other = await seedServer(table, settledServer("active", { name: "db-1" }));

  const { json } = await call("POST", `/servers/${other.id}/action`, { body: consoleRequestBody });
  const page = await open(json.console.url);

  expect(page.text).toContain(other.id);
  expect(page.text).toContain("db-1");
  expect(page.text).not.toContain("web-1");
});

test("S1-03: the body is one object with the one key os-getVNCConsole, an object", async () => {
  const { getConsole } = await startCloudWithConsole();
  const wrong = [
    { ...consoleRequestBody, "os-start": null },
    { ...consoleRequestBody, type: "xvpvnc" },
    { "os-getVNCConsole": "xvpvnc" },
    { "os-getVNCConsole": [{ type: "xvpvnc" }] },
    [consoleRequestBody],
    "[]",
    "null",
  ];

  for (const body of wrong) {
    const { status, json } = await getConsole({ body });
    expect({ body, status, code: json.badRequest?.code }).toEqual({ body, status: 400, code: 400 });
  }
  expect((await getConsole()).status).toBe(200);
});

test("S1-04: the key as printed, with a space, is an unknown action", async () => {
  const { getConsole } = await startCloudWithConsole();

  const { status, json } = await getConsole({
    body: { "os- getVNCConsole": { type: "xvpvnc" } },
  });

  expect(status).toBe(400);
  expect(json).toEqual({
    badRequest: { message: "There is no such action: os- getVNCConsole", code: 400 },
  });
});

test("S1-05: the type xvpvnc is accepted", async () => {
  const { getConsole } = await startCloudWithConsole();

  expect((await getConsole({ body: { "os-getVNCConsole": { type: "xvpvnc" } } })).status).toBe(200);
});

test("S1-06: X-Auth-Token authenticates the caller, in any letter case", async () => {
  const { at, path, token } = await startCloudWithConsole();
  const body = JSON.stringify(consoleRequestBody);
  const good = await token();

  for (const name of ["X-Auth-Token", "x-auth-token", "X-AUTH-TOKEN"])
    expect(
      (await rawHttpRequest(at, "POST", path, { headers: { [name]: good }, body })).status,
    ).toBe(200);
  expect((await rawHttpRequest(at, "POST", path, { body })).status).toBe(401);
});

test("S1-07: the body must have the type application/json", async () => {
  const { getConsole } = await startCloudWithConsole();
  const sent = (type: string) => getConsole({ headers: { "content-type": type } });

  expect((await sent("application/json")).status).toBe(200);
  const { status, json } = await sent("application/xml");
  expect([status, json.badMediaType.code]).toEqual([415, 415]);
});

test("S1-08: a client that accepts application/json gets it", async () => {
  const { getConsole } = await startCloudWithConsole();

  const { headers, json } = await getConsole({ headers: { accept: "application/json" } });

  expect(headers.get("content-type")).toBe("application/json");
  expect(json.console.type).toBe("xvpvnc");
});

test("S1-09: success returns 200", async () => {
  const { getConsole } = await startCloudWithConsole();

  expect((await getConsole()).status).toBe(200);
});

test("S1-10: a success body has the single top-level key console, an object", async () => {
  const { getConsole } = await startCloudWithConsole();

  expect((await getConsole()).json).toEqual({ console: expect.any(Object) });
});

test("S1-11: url is an absolute URL on the requested host", async () => {
  const { at, getConsole } = await startCloudWithConsole();

  const { json } = await getConsole();

  expect(json.console.url).toEqual(expect.any(String));
  expect(new URL(json.console.url).origin).toBe(at);
});

test("S1-12: type is the requested type", async () => {
  const { getConsole } = await startCloudWithConsole();

  for (const type of ["xvpvnc", "novnc"]) {
    const { json } = await getConsole({ body: { "os-getVNCConsole": { type } } });
    expect(json.console.type).toBe(type);
  }
});

test("S1-13: url is https://<host>:443/console with a version 4 UUID as its only parameter", async () => {
  const { at, path, token } = await startCloudWithConsole();

  const { text } = await rawHttpRequest(at, "POST", path, {
    headers: {
      host: "dfw.servers.example.com",
      "x-forwarded-proto": "https",
      "x-auth-token": await token(),
    },
    body: JSON.stringify(consoleRequestBody),
  });

  expect(JSON.parse(text).console.url).toMatch(
    new RegExp(`^https://dfw\\.servers\\.example\\.com:443/console\\?token=${uuid4.source}$`),
  );
});

test("S1-16: the body is the sample's 143 bytes, as Python's json.dumps writes them", async () => {
  const { at, path, token } = await startCloudWithConsole();

  const { text, header } = await rawHttpRequest(at, "POST", path, {
    headers: {
      host: "dfw.servers.console.rackspacecloud.com",
      "x-forwarded-proto": "https",
      "x-auth-token": await token(),
    },
    body: JSON.stringify(consoleRequestBody),
  });

  const [given] = uuid4.exec(text) ?? [];
  expect(text).toBe(
    `{"console": {"url": "https://dfw.servers.console.rackspacecloud.com:443/console?token=${given}", "type": "xvpvnc"}}`,
  );
  expect(Buffer.byteLength(text)).toBe(143);
  expect(header("content-length")).toBe("143");
});
