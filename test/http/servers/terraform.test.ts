import { expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";

/** The statuses that terraform-provider-openstack accepts while it reads a server. */
const acceptedStatuses = [
  "active",
  "shutoff",
  "error",
  "migrating",
  "shelved",
  "shelved_offloaded",
  "build",
  "paused",
];

/** The requests and accepted statuses of terraform-provider-openstack with gophercloud v2. */
test("terraform: a server is created, read, changed and destroyed", async () => {
  const { call, pass, at: origin, unserved } = await startCloud();
  const web = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", config_drive: true };

  const created = await call("POST", "/v2.1/servers", { body: { server: web } });
  expect(created.status).toBe(202);
  const path = `/v2.1/servers/${created.json.server.id}`;
  expect(created.headers.get("location")).toBe(`${origin}${path}`);
  expect(created.json.server.adminPass).toMatch(/^\w{12}$/);

  const statuses: string[] = [];
  for (let waited = 0; statuses.at(-1) !== "ACTIVE" && waited < 20; waited++, pass(250)) {
    const { status, json } = await call("GET", path);
    expect(status).toBe(200);
    statuses.push(json.server.status);
  }
  expect([...new Set(statuses)]).toEqual(["BUILD", "ACTIVE"]);
  expect(acceptedStatuses).toEqual(
    expect.arrayContaining(statuses.map((status) => status.toLowerCase())),
  );

  const { server } = (await call("GET", path)).json;
  expect(server.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(server.updated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(server["OS-SRV-USG:launched_at"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  expect(server.config_drive).toBe("True");
  expect((await call("GET", `/v2.1/flavors/${server.flavor.id}`)).status).toBe(200);
  expect((await call("GET", `/image/v2/images/${server.image.id}`)).status).toBe(200);
  expect((await call("GET", path, { headers: microversionHeader(26) })).json.server.tags).toEqual(
    [],
  );

  const renamed = await call("PUT", path, { body: { server: { name: "db" } } });
  expect([renamed.status, renamed.json.server.name]).toEqual([200, "db"]);
  for (const body of [{ "os-stop": {} }, { "os-start": {} }]) {
    pass(60_000);
    expect([201, 202]).toContain((await call("POST", `${path}/action`, { body })).status);
  }
  const { headers } = await call("GET", path);
  expect(headers.get("x-openstack-nova-api-version")).toBe("2.1");

  pass(60_000);
  expect([202, 204]).toContain((await call("DELETE", path)).status);
  const seen: number[] = [];
  for (let waited = 0; seen.at(-1) !== 404 && waited < 20; waited++, pass(250))
    seen.push((await call("GET", path)).status);
  expect([...new Set(seen)]).toEqual([200, 404]);
  expect(unserved).toEqual([]);
});

test("terraform: a newer option raises the version of the create only", async () => {
  const { call, pass } = await startCloud();
  const web = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  for (const [version, more] of [
    [37, { networks: "auto" }],
    [52, { networks: "auto", tags: ["blue"] }],
    [67, { networks: "none" }],
    [90, { networks: "auto", hostname: "web-1", tags: ["blue"] }],
  ] as const) {
    const body = { server: { ...web, ...more } };
    const created = await call("POST", "/v2.1/servers", {
      headers: microversionHeader(version),
      body,
    });
    expect(created.status).toBe(202);
    pass(60_000);
    const path = `/v2.1/servers/${created.json.server.id}`;
    expect((await call("GET", path)).json.server.flavor.id).toBe("1");
    expect((await call("GET", path, { headers: microversionHeader(26) })).json.server.tags).toEqual(
      "tags" in more ? more.tags : [],
    );
  }
});

test("gophercloud: paging through a user's servers reads each once, at any page size", async () => {
  const { call, at: origin } = await startCloud();
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", min_count: 5 };
  await call("POST", "/v2.1/servers", { body: { server } });
  const names: string[] = [];
  let next = `${origin}/v2.1/servers/detail?limit=2&name=%5Eweb`;
  for (let pages = 0; next && pages < 10; pages++) {
    const { json } = await call("GET", next.slice(origin.length));
    names.push(...json.servers.map((one: { name: string }) => one.name));
    next = json.servers_links?.find(({ rel }: { rel: string }) => rel === "next")?.href ?? "";
  }
  expect(names).toEqual(["web-5", "web-4", "web-3", "web-2", "web-1"]);
});
