import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import {
  consoleRequestBody,
  startCloudWithConsole,
  uuid4,
} from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";

const projectMount = `/v2/${projects.demo.id}`;

test("S2-01: the printed path returns 404, because it names a server called 'servers'", async () => {
  const { call } = await startCloudWithConsole();

  for (const path of ["/servers/servers/action", `${projectMount}/servers/servers/action`]) {
    const { status, json } = await call("POST", path, { body: consoleRequestBody });
    expect([status, json.itemNotFound?.code]).toEqual([404, 404]);
  }
});

test("S2-02: server_id is the server's UUID, in capitals too", async () => {
  const { call, pass } = await startCloudWithConsole();
  const body = {
    server: { name: "new", imageRef: "70a599e0-31e7-49b7-b260-868f441e862b", flavorRef: "1" },
  };
  const { id } = (await call("POST", `${projectMount}/servers`, { body })).json.server;
  pass(1_000);
  const requestAs = (as: string) =>
    call("POST", `${projectMount}/servers/${as}/action`, { body: consoleRequestBody });

  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect((await requestAs(id)).status).toBe(200);
  expect((await requestAs(id.toUpperCase())).status).toBe(200);
  expect((await requestAs(id.replaceAll("-", ""))).status).toBe(404);
});

test("S2-03: os-getVNCConsole is required: 400 without it", async () => {
  const { getConsole } = await startCloudWithConsole();

  for (const body of [{}, { type: "xvpvnc" }, { osgetVNCConsole: { type: "xvpvnc" } }, ""]) {
    const { status, json } = await getConsole({ body });
    expect([status, json.badRequest?.code]).toEqual([400, 400]);
  }
});

test("S2-04: type must be a string: 400 otherwise", async () => {
  const { getConsole } = await startCloudWithConsole();

  for (const object of [{}, { type: 7 }, { type: null }, { type: true }, { type: ["xvpvnc"] }]) {
    const { status, json } = await getConsole({ body: { "os-getVNCConsole": object } });
    expect([object, status, json.badRequest?.message]).toEqual([
      object,
      400,
      expect.stringContaining("type"),
    ]);
  }
});

test("S2-05: v2 accepts the type xvpvnc", async () => {
  const { call, id } = await startCloudWithConsole();

  const { status, json } = await call("POST", `${projectMount}/servers/${id}/action`, {
    body: { "os-getVNCConsole": { type: "xvpvnc" } },
  });

  expect([status, json.console.type]).toEqual([200, "xvpvnc"]);
});

test("S2-06: the three headers work as separate headers; joined as printed they contain no token", async () => {
  const { at, path, token } = await startCloudWithConsole();
  const body = JSON.stringify(consoleRequestBody);
  const good = await token();

  const apart = await rawHttpRequest(at, "POST", path, {
    headers: {
      "X-Auth-Token": good,
      "Content-Type": "application/json",
      Accept: "application/json",
    },
    body,
  });
  const together = await rawHttpRequest(at, "POST", path, {
    headers: {
      "X-Auth-Token": `${good}Content-Type: application/jsonAccept: application/json`,
    },
    body,
  });

  expect([apart.status, together.status]).toEqual([200, 401]);
});

test("S2-07: the guide names no response codes; the codes of S1 apply on v2", async () => {
  const { call, id } = await startCloudWithConsole();
  const path = `${projectMount}/servers/${id}/action`;
  const missing = `${projectMount}/servers/${crypto.randomUUID()}/action`;
  const outcomes = [
    await call("POST", path, { body: consoleRequestBody }),
    await call("POST", path, { body: "{" }),
    await call("POST", path, { body: consoleRequestBody, as: null }),
    await call("POST", path, { body: consoleRequestBody, as: "reader" }),
    await call("POST", missing, { body: consoleRequestBody }),
  ];

  expect(outcomes.map(({ status }) => status)).toEqual([200, 400, 401, 403, 404]);
});

test("S2-08: the response is a URL; console output is another action", async () => {
  const { call, path, getConsole } = await startCloudWithConsole();

  expect(Object.keys((await getConsole()).json)).toEqual(["console"]);
  const output = await call("POST", path, { body: { "os-getConsoleOutput": {} } });
  expect(output.status).toBeLessThan(500);
  expect(output.json).not.toHaveProperty("console");
  expect(output.text).not.toContain("token=");
});

test("S2-09: a browser opens the URL without extra headers", async () => {
  const { at, getConsole } = await startCloudWithConsole();
  const { url } = (await getConsole()).json.console;

  const page = await rawHttpRequest(at, "GET", url.slice(at.length), {
    headers: { accept: "text/html" },
  });

  expect(page.status).toBe(200);
  expect(page.header("content-type")).toMatch(/^text\/html\b/);
  expect(page.text).toMatch(/^<!doctype html>/);
});

test("S2-10: the guide describes no response, so the response is that of S1", async () => {
  const { call, id, getConsole } = await startCloudWithConsole();
  const shape = (text: string) => text.replace(uuid4, "<token>");

  const theirs = await call("POST", `${projectMount}/servers/${id}/action`, {
    body: consoleRequestBody,
  });
  const ours = await getConsole();

  expect(shape(theirs.text)).toBe(shape(ours.text));
  expect(shape(ours.text)).toContain("?token=<token>");
  expect(theirs.headers.get("content-type")).toBe(ours.headers.get("content-type"));
});

test("S2-11: the operation belongs to API v2.0: under /v2 with the token's own project", async () => {
  const { call, id } = await startCloudWithConsole();
  const by = (project: string) =>
    call("POST", `/v2/${project}/servers/${id}/action`, { body: consoleRequestBody });

  const { status, headers } = await by(projects.demo.id);
  expect(status).toBe(200);
  expect(headers.has("openstack-api-version")).toBe(false);
  expect((await by(projects.alt_demo.id)).status).toBe(400);
});
