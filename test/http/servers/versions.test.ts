import { describe, expect, test } from "vitest";
import { type CallOptions, startCloud } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { serverFields, startWithCreate } from "../../support/versioned-create.ts";

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
