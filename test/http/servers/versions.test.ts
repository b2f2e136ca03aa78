import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const microversionHeader = (version: number) => ({
  "x-openstack-nova-api-version": `2.${version}`,
});

const serverFields = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };

/** Creates a server at one version and shows it at another. */
async function startWithCreate() {
  const { call, pass } = await startCloud();
  return async (server: object, created: number, shown: number, as = "demo") => {
    const networks = created < 37 ? {} : { networks: "auto" };
    const body = { server: { ...serverFields, ...networks, ...server } };
    const reply = await call("POST", "/v2.1/servers", {
      as,
      headers: microversionHeader(created),
      body,
    });
    if (reply.status !== 202)
      return [reply.status, Object.values<{ message: string }>(reply.json)[0]?.message];
    pass(60_000);
    const path = `/v2.1/servers/${reply.json.server.id}`;
    return (await call("GET", path, { as, headers: microversionHeader(shown) })).json.server;
  };
}

describe("newer members are shown from their version on, to their audience", () => {
  test.each([
    ["locked", 9, false],
    ["description", 19, "a database"],
    ["tags", 26, ["blue", "red"]],
    ["trusted_image_certificates", 63, null],
    ["server_groups", 71, []],
    ["locked_reason", 73, null],
    ["OS-EXT-SRV-ATTR:hostname", 90, "web-1"],
    ["pinned_availability_zone", 96, null],
  ])("%s, to everybody from 2.%i on", async (member, since, value) => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(
      table,
      settledServer("active", { description: "a database", tags: ["blue", "red"] }),
    );
    const shown = async (version: number) =>
      (await call("GET", `/v2.1/servers/${id}`, { headers: microversionHeader(version) })).json
        .server;
    expect(await shown(since - 1)).not.toHaveProperty([member]);
    expect(await shown(since)).toHaveProperty([member], value);
    expect(await shown(96)).toHaveProperty([member], value);
  });

  test("2.3, 2.16: administrators see the server's internals, host state and user data", async () => {
    const show = await startWithCreate();
    const server = { user_data: "YQ==", min_count: 1, max_count: 1 };
    expect(await show(server, 1, 2, "admin")).not.toHaveProperty(["OS-EXT-SRV-ATTR:hostname"]);
    expect(await show(server, 1, 16, "admin")).toMatchObject({
      "OS-EXT-SRV-ATTR:hostname": "web",
      "OS-EXT-SRV-ATTR:kernel_id": "",
      "OS-EXT-SRV-ATTR:launch_index": 0,
      "OS-EXT-SRV-ATTR:ramdisk_id": "",
      "OS-EXT-SRV-ATTR:reservation_id": expect.stringMatching(/^r-/),
      "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda",
      "OS-EXT-SRV-ATTR:user_data": "YQ==",
      host_status: "UP",
    });
    expect(await show({}, 1, 3, "admin")).toHaveProperty(["OS-EXT-SRV-ATTR:user_data"], null);
    expect(Object.keys(await show(server, 1, 16)).join()).not.toMatch(/SRV-ATTR|host_status/);
  });

  test("2.47: the flavor is embedded, without its id", async () => {
    const show = await startWithCreate();
    expect((await show({}, 1, 46)).flavor).toHaveProperty("id", "1");
    expect((await show({}, 1, 47)).flavor).toEqual({
      disk: 1,
      ephemeral: 0,
      extra_specs: {},
      original_name: "m1.tiny",
      ram: 512,
      swap: 0,
      vcpus: 1,
    });
  });

  test("E-24, 2.75: PUT returns a short server up to 2.74, and the full one from then on", async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));
    const path = `/v2.1/servers/${id}`;
    const put = async (version: number, as = "demo") =>
      (await call("PUT", path, { as, headers: microversionHeader(version), body: { server: {} } }))
        .json.server;
    expect(await put(74)).not.toHaveProperty("key_name");
    expect(await put(74)).toHaveProperty("server_groups", []);
    for (const as of ["demo", "admin"])
      expect(await put(96, as)).toEqual(
        (await call("GET", path, { as, headers: microversionHeader(96) })).json.server,
      );
  });

  test("2.71: the group is shown for one server, and not in a list", async () => {
    const { table, call } = await startCloud();
    const group = "5f3ad1d4-7e4f-4d55-9a8e-2f6f2a5d3a11";
    const { id } = await seedServer(table, settledServer("active", { hints: { group } }));
    const one = await call("GET", `/v2.1/servers/${id}`, { headers: microversionHeader(71) });
    const many = await call("GET", "/v2.1/servers/detail", { headers: microversionHeader(71) });
    expect(one.json.server.server_groups).toEqual([group]);
    expect(many.json.servers[0]).not.toHaveProperty("server_groups");
  });

  test("v2 and the vendor dialects show no newer members", async () => {
    const { table, call } = await startCloud();
    const { id, project } = await seedServer(table, settledServer("active", { tags: ["blue"] }));
    const { json } = await call("GET", `/v2/${project}/servers/${id}`, {
      headers: microversionHeader(96),
    });
    expect(json.server).not.toHaveProperty("tags");
    expect(json.server.flavor).toHaveProperty("id");
  });
});

describe("create", () => {
  test("2.19: the description is as given, or null, and before that the name", async () => {
    const show = await startWithCreate();
    expect((await show({}, 18, 19)).description).toBe("web");
    expect((await show({}, 19, 19)).description).toBeNull();
    expect((await show({ description: "" }, 19, 19)).description).toBe("");
    expect((await show({ description: " é " }, 19, 19)).description).toBe(" é ");
  });

  test("2.52: tags are sorted and unique; 2.63: certificates are as given", async () => {
    const show = await startWithCreate();
    expect((await show({ tags: ["red", "blue", "red"] }, 52, 26)).tags).toEqual(["blue", "red"]);
    const certificates = { trusted_image_certificates: ["one", "two"] };
    expect(await show(certificates, 63, 63)).toMatchObject(certificates);
  });

  test("2.90, 2.94: the hostname is as given, or derived from the name", async () => {
    const show = await startWithCreate();
    const hostname = "OS-EXT-SRV-ATTR:hostname";
    expect((await show({ hostname: "db-1" }, 90, 90))[hostname]).toBe("db-1");
    expect((await show({ hostname: "db.example.org" }, 94, 90))[hostname]).toBe("db.example.org");
    expect((await show({ name: "My Web_1.x" }, 90, 90))[hostname]).toBe("my-web-1-x");
    expect((await show({ name: "日本" }, 90, 90))[hostname]).toMatch(/^Server-[0-9a-f-]{36}$/);
    expect(await show({ hostname: "db.example.org" }, 93, 90)).toEqual([
      400,
      expect.stringMatching(/^Invalid input for field\/attribute hostname\./),
    ]);
    expect(await show({ hostname: "db", max_count: 2 }, 90, 90)).toEqual([
      400,
      "Unable to allocate a single hostname to multiple instances",
    ]);
  });

  test("2.96: a requested zone is pinned", async () => {
    const show = await startWithCreate();
    const zone = { availability_zone: "nova" };
    expect((await show(zone, 1, 96)).pinned_availability_zone).toBe("nova");
    expect((await show({}, 1, 96)).pinned_availability_zone).toBeNull();
  });

  const host = "novaless-1";
  const forced = { availability_zone: `nova:${host}` };
  test.each([
    [
      "demo",
      1,
      forced,
      403,
      "Policy doesn't allow os_compute_api:servers:create:forced_host to be performed.",
    ],
    [
      "demo",
      74,
      { host },
      403,
      "Policy doesn't allow compute:servers:create:requested_destination to be performed.",
    ],
    ["admin", 74, { host: "mars" }, 400, "Compute host mars could not be found."],
    [
      "admin",
      74,
      { ...forced, hypervisor_hostname: host },
      400,
      "One mechanism with host and/or hypervisor_hostname and another mechanism with zone:host:node are mutually exclusive.",
    ],
    [
      "admin",
      1,
      { availability_zone: "a:b:c:d" },
      400,
      "Invalid input received: Unable to parse availability_zone",
    ],
    [
      "demo",
      1,
      { availability_zone: "mars" },
      400,
      "The requested availability zone is not available",
    ],
  ])("%s at 2.%i with %j is refused: %i", async (as, version, server, status, message) => {
    const create = await startWithCreate();
    expect(await create(server, version, 1, as)).toEqual([status, message]);
  });

  test("administrators may name the host", async () => {
    const create = await startWithCreate();
    for (const server of [forced, { host }, { hypervisor_hostname: host }])
      expect(await create(server, 74, 1, "admin")).toHaveProperty(["OS-EXT-SRV-ATTR:host"], host);
  });

  test("2.37: networks are required; auto and none are accepted", async () => {
    const { call } = await startCloud();
    const create = (server: object) =>
      call("POST", "/v2.1/servers", {
        headers: microversionHeader(37),
        body: { server: { ...serverFields, ...server } },
      });
    expect((await create({})).json.badRequest.message).toBe(
      "Invalid input for field/attribute server. Value: " +
        `{'name': 'web', 'imageRef': '${seedImages[0]?.id}', 'flavorRef': '1'}. 'networks' is a required property`,
    );
    for (const networks of ["auto", "none"]) expect((await create({ networks })).status).toBe(202);
    expect((await create({ networks: "some" })).status).toBe(400);
  });

  test("a multi-create lists the last server first, with launch_index in order", async () => {
    const { call } = await startCloud();
    const server = { ...serverFields, min_count: 3 };
    await call("POST", "/v2.1/servers", { as: "admin", body: { server } });
    const { json } = await call("GET", "/v2.1/servers/detail", {
      as: "admin",
      headers: microversionHeader(3),
    });
    expect(
      json.servers.map((one: Record<string, unknown>) => [
        one["name"],
        one["OS-EXT-SRV-ATTR:launch_index"],
        one["OS-EXT-SRV-ATTR:hostname"],
      ]),
    ).toEqual([
      ["web-3", 2, "web-3"],
      ["web-2", 1, "web-2"],
      ["web-1", 0, "web-1"],
    ]);
  });
});

describe("update", () => {
  test("a new name leaves the description and the hostname unchanged", async () => {
    const { call, pass } = await startCloud();
    const created = await call("POST", "/v2.1/servers", { body: { server: serverFields } });
    const path = `/v2.1/servers/${created.json.server.id}`;
    const put = (server: object, options: CallOptions = {}) =>
      call("PUT", path, { headers: microversionHeader(90), body: { server }, ...options });
    const { json } = await put({ name: "db" });
    const seen = ({ server }: { server: Record<string, unknown> }) => [
      server["name"],
      server["description"],
      server["OS-EXT-SRV-ATTR:hostname"],
    ];
    expect(seen(json)).toEqual(["db", "web", "web"]);
    expect(seen((await put({ name: "db2" })).json)).toEqual(["db2", "web", "web"]);
    expect(seen((await put({ description: null, hostname: "h2" })).json)).toEqual([
      "db2",
      null,
      "h2",
    ]);
    expect(seen((await put({ name: "x", description: "d" })).json)).toEqual(["x", "d", "h2"]);
    pass(60_000);
    expect(seen((await call("GET", path, { headers: microversionHeader(96) })).json)).toEqual([
      "x",
      "d",
      "h2",
    ]);
    expect((await put({ description: "d" }, { headers: microversionHeader(18) })).status).toBe(400);
  });
});
