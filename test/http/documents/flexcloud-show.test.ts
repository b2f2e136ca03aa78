import { expect, test } from "vitest";
import { vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { base64, withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function showFlexcloudServer(over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const seeded = await seedServer(cloud.table, settledServer("active", over));
  const reply = await cloud.call("GET", `/servers/${seeded.id}`, withBasicAuth());
  return { ...cloud, seeded, reply, server: reply.json.server };
}

test("S3-01: a server is shown at /servers/{id}, without version and project", async () => {
  const { reply, server, seeded } = await showFlexcloudServer();

  expect(reply.status).toBe(200);
  expect(server.id).toBe(seeded.id);
});

test("S3-02: an id may be any string, not only a UUID", async () => {
  for (const id of ["test_server_0013", "123"]) {
    const { reply, server } = await showFlexcloudServer({ id });
    expect([reply.status, server.id]).toEqual([200, id]);
  }
});

test("S3-03: the Authorization header accepts Basic credentials or their bare Base64", async () => {
  const { call, seeded } = await showFlexcloudServer();
  const encoded = base64("demo:demo");

  for (const authorization of [`Basic ${encoded}`, `basic ${encoded}`, encoded]) {
    const reply = await call("GET", `/servers/${seeded.id}`, {
      as: null,
      headers: { authorization },
    });
    expect([authorization, reply.status]).toEqual([authorization, 200]);
  }
});

test("S3-04: GET, PUT and DELETE accept the printed Content-Type and Charset", async () => {
  const { call, seeded } = await showFlexcloudServer();
  const headers = {
    ...withBasicAuth().headers,
    "content-type": "application/json Charset=UTF-8",
    charset: "UTF-8",
  };
  const ask = (method: string, body?: unknown) =>
    call(method, `/servers/${seeded.id}`, { as: null, headers, body });

  expect((await ask("GET")).status).toBe(200);
  expect((await ask("PUT", { server: { name: "other" } })).status).toBe(204);
  expect((await ask("DELETE")).status).toBe(202);
});

test("S3-05: links use the scheme and host of the request", async () => {
  const { seeded, at } = await showFlexcloudServer();
  const path = `/servers/${seeded.id}`;
  const href = async (headers: Record<string, string>) => {
    const options = { headers: { ...withBasicAuth().headers, ...headers } };
    return (await httpRequest(at, "GET", path, options)).json.server.links[0].href;
  };

  expect(await href({})).toBe(`${at}${path}/`);
  expect(await href({ "x-forwarded-proto": "https" })).toBe(
    `${at.replace("http:", "https:")}${path}/`,
  );
  expect(await href({ host: "api.example.com" })).toBe(`http://api.example.com${path}/`);
});

test("S3-06: show returns 200 with the single member server", async () => {
  const { reply } = await showFlexcloudServer();

  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toBe("application/json");
  expect(Object.keys(reply.json)).toEqual(["server"]);
});

test("S3-07: server.id is a string, even when all its characters are digits", async () => {
  const { server } = await showFlexcloudServer({ id: "123" });

  expect(server.id).toBe("123");
});

test("S3-08: server.links is a list", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.links).toBeInstanceOf(Array);
});

test("S3-09: server.links is one self link that ends in a slash", async () => {
  const { server, at } = await showFlexcloudServer({ id: "test_server_0013" });

  expect(server.links).toEqual([{ href: `${at}/servers/test_server_0013/`, rel: "self" }]);
});

test("S3-10: server.status has a documented value in every state", async () => {
  const { table, call } = await startCloud();
  const seen: Record<string, string> = {};
  for (const vm of vmStates.filter((state) => state !== "deleted" && state !== "building")) {
    await seedServer(table, settledServer(vm, { id: `at-${vm}` }));
    seen[vm] = (await call("GET", `/servers/at-${vm}`, withBasicAuth())).json.server.status;
  }

  expect(seen).toEqual({
    active: "ACTIVE",
    paused: "SUSPENDED",
    suspended: "SUSPENDED",
    stopped: "STOPPED",
    rescued: "SUSPENDED",
    // FlexCloud cannot confirm a resize, so a resized server keeps its previous status.
    resized: "ACTIVE",
    "soft-delete": "DELETED",
    shelved: "SUSPENDED",
    shelved_offloaded: "SUSPENDED",
    error: "UNKNOWN",
  });
});

test("S3-11: server.hostId identifies the physical host", async () => {
  const { server, seeded } = await showFlexcloudServer();

  expect(server.hostId).toBe(seeded.host);
});

test("S3-12: server.userId is the owner, and user_id is absent", async () => {
  const { server, seeded } = await showFlexcloudServer();

  expect(server.userId).toBe(seeded.user);
  expect(server).not.toHaveProperty("user_id");
});

test("S3-13: server.name is a string", async () => {
  const { server } = await showFlexcloudServer({ name: "12" });

  expect(server.name).toBe("12");
});

test("S3-14: server.created has seconds, without Z or fraction", async () => {
  const { server } = await showFlexcloudServer({ created: Date.UTC(2011, 11, 5, 12, 51, 28, 987) });

  expect(server.created).toBe("2011-12-05T12:51:28");
});

test("S3-15: server.accessIPv4 is the automatically assigned public address", async () => {
  const { server } = await showFlexcloudServer({ publicIPv4: "198.18.7.9" });

  expect(server.accessIPv4).toBe("198.18.7.9");
});

test("S3-16: server.progress is 0, 50, then 100 while a server is built", async () => {
  const { call, pass } = await startCloud();
  const { json } = await call("POST", "/servers", {
    ...withBasicAuth(),
    body: {
      server: { name: "web", flavorRef: "1", imageRef: "70a599e0-31e7-49b7-b260-868f441e862b" },
    },
  });
  const look = async () => {
    const { server } = (await call("GET", `/servers/${json.server.id}`, withBasicAuth())).json;
    return [server.status, server.progress];
  };

  expect(await look()).toEqual(["BUILD", 0]);
  pass(400);
  expect(await look()).toEqual(["BUILD", 50]);
  pass(599);
  expect(await look()).toEqual(["BUILD", 50]);
  pass(1);
  expect(await look()).toEqual(["ACTIVE", 100]);
});

test("S3-17: server.metadata is always empty", async () => {
  const { server } = await showFlexcloudServer({ metadata: { role: "web" } });

  expect(server.metadata).toEqual({});
});

test("S3-18: server.tenantId is null, and tenant_id is absent", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.tenantId).toBe(null);
  expect(server).not.toHaveProperty("tenant_id");
});

test("S3-19: server.accessIPv6 is null", async () => {
  const { server } = await showFlexcloudServer({ accessIPv6: "2001:db8::1" });

  expect(server.accessIPv6).toBe(null);
});

test("S3-20: server.updated is null", async () => {
  const { server } = await showFlexcloudServer();

  expect(server.updated).toBe(null);
});
