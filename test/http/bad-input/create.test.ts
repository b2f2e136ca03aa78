import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts, computeMountsOf } from "../../support/mounts.ts";

const image = "70a599e0-31e7-49b7-b260-868f441e862b";
const validServer = { name: "web", flavorRef: "1", imageRef: image };

const fieldError = (field: string, shown: string, reason: string) =>
  `Invalid input for field/attribute ${field}. Value: ${shown}. ${reason}`;

const typeError = (field: string, shown: string, type: string) =>
  fieldError(field, shown, `${shown} is not of type ${type}`);

const noSchemaMatches = "is not valid under any of the given schemas";

const refusedServers: readonly [server: unknown, message: unknown][] = [
  [null, typeError("server", "None", "'object'")],
  [[], typeError("server", "[]", "'object'")],
  ["web", fieldError("server", "web", "'web' is not of type 'object'")],
  [{}, expect.stringMatching(/ '(name|flavorRef)' is a required property$/)],
  [{ name: "web" }, expect.stringMatching(/'flavorRef' is a required property$/)],
  [{ flavorRef: "1" }, expect.stringMatching(/'name' is a required property$/)],
  [{ ...validServer, imageRef: undefined }, "Missing imageRef attribute"],
  [{ ...validServer, imageRef: "" }, "Missing imageRef attribute"],
  [{ ...validServer, imageRef: null }, fieldError("imageRef", "None", `None ${noSchemaMatches}`)],
  [
    { ...validServer, imageRef: "cirros" },
    fieldError("imageRef", "cirros", `'cirros' ${noSchemaMatches}`),
  ],
  [{ ...validServer, imageRef: 7 }, fieldError("imageRef", "7", `7 ${noSchemaMatches}`)],
  [
    { ...validServer, imageRef: "70a599e0-31e7-49b7-b260-868f441e8629" },
    "Can not find requested image",
  ],
  [{ ...validServer, flavorRef: "999" }, "Flavor 999 could not be found."],
  [{ ...validServer, flavorRef: 999 }, "Flavor 999 could not be found."],
  [{ ...validServer, flavorRef: "__proto__" }, "Flavor __proto__ could not be found."],
  [{ ...validServer, flavorRef: "" }, fieldError("flavorRef", "", "'' is too short")],
  [{ ...validServer, flavorRef: null }, typeError("flavorRef", "None", "'string', 'integer'")],
  [{ ...validServer, flavorRef: 1.5 }, typeError("flavorRef", "1.5", "'string', 'integer'")],
  [{ ...validServer, flavorRef: {} }, typeError("flavorRef", "{}", "'string', 'integer'")],
  [{ ...validServer, key_name: "nosuch" }, "Invalid key_name provided."],
  [{ ...validServer, adminPass: 5 }, typeError("adminPass", "5", "'string'")],
  [{ ...validServer, metadata: [] }, typeError("metadata", "[]", "'object'")],
  [{ ...validServer, metadata: { a: 1 } }, typeError("a", "1", "'string'")],
  [{ ...validServer, metadata: { a: null } }, typeError("a", "None", "'string'")],
  [
    { ...validServer, metadata: { "a/b": "c" } },
    fieldError(
      "metadata",
      "{'a/b': 'c'}",
      "'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ),
  ],
  [
    { ...validServer, min_count: 0 },
    fieldError("min_count", "0", "0 is less than the minimum of 1"),
  ],
  [
    { ...validServer, min_count: "0" },
    fieldError("min_count", "0", "0 is less than the minimum of 1"),
  ],
  [
    { ...validServer, min_count: -1 },
    fieldError("min_count", "-1", "-1 is less than the minimum of 1"),
  ],
  [{ ...validServer, min_count: "" }, fieldError("min_count", "", "'' is too short")],
  [
    { ...validServer, max_count: "x" },
    fieldError("max_count", "x", "'x' does not match '^[0-9]*$'"),
  ],
  [{ ...validServer, max_count: 1.5 }, typeError("max_count", "1.5", "'integer', 'string'")],
  [{ ...validServer, min_count: 3, max_count: 2 }, "min_count must be <= max_count"],
  [
    { ...validServer, user_data: "no base64!" },
    fieldError("user_data", "no base64!", "'no base64!' is not a 'base64'"),
  ],
  [{ ...validServer, user_data: 5 }, typeError("user_data", "5", "'string'")],
  [
    { ...validServer, config_drive: "maybe" },
    expect.stringMatching(
      /field\/attribute config_drive\. Value: maybe\. 'maybe' is not one of \[True, 'True'/,
    ),
  ],
  [
    { ...validServer, availability_zone: "mars" },
    "The requested availability zone is not available",
  ],
  [
    { ...validServer, security_groups: "default" },
    fieldError("security_groups", "default", "'default' is not of type 'array'"),
  ],
  [
    { ...validServer, security_groups: [{ name: "nosuch" }] },
    expect.stringMatching(/^Security group nosuch not found/),
  ],
  [
    { ...validServer, networks: [{ uuid: "0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1" }] },
    "Network 0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1 could not be found.",
  ],
  [
    { ...validServer, networks: [{ port: "0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1" }] },
    "Port 0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1 could not be found.",
  ],
  [{ ...validServer, networks: {} }, typeError("networks", "{}", "'array'")],
  [
    { ...validServer, imageRef: "155d900f-4e14-4e4c-a73d-069cbf4541e6" },
    expect.stringMatching(/^Flavor's disk is smaller/),
  ],
];

/** /v2 accepts null for user data (E-14), and its message says so. */
const messageFor = (message: unknown, dialect: string): unknown =>
  dialect !== "nova" && typeof message === "string" && message.includes("user_data. Value: 5")
    ? `${message}, 'null'`
    : message;

for (const mount of computeMountsOf("nova", "nova-v2", "rackspace"))
  test(`E-16: ${mount.dialect} at "${mount.path}" refuses an invalid server and uses no quota`, async () => {
    const { table, call } = await startCloud();

    await expectUnchanged(table, async () => {
      for (const [server, message] of refusedServers) {
        const reply = await call("POST", `${mount.path}/servers`, { body: { server } });
        mount.expectRefusal(reply, {
          status: 400,
          name: "badRequest",
          message: messageFor(message, mount.dialect),
        });
      }
    });
  });

for (const mount of computeMountsOf("flexcloud"))
  test(`E-16: FlexCloud at "${mount.path}" refuses an invalid server and uses no quota`, async () => {
    const { table, call } = await startCloud();

    await expectUnchanged(table, async () => {
      for (const [server] of refusedServers) {
        const options = mount.withCredentials({ body: { server } });
        const message = expect.any(String);
        mount.expectRefusal(await call("POST", `${mount.path}/servers`, options), {
          status: 400,
          name: "badRequest",
          message,
        });
      }
    });
  });

test("E-16: Nova refuses an image given by URL", async () => {
  const { call } = await startCloud();
  const imageRef = `http://x/images/${image}`;
  const reply = await call("POST", "/v2.1/servers", {
    body: { server: { ...validServer, imageRef } },
  });

  expect([reply.status, reply.json.badRequest.message]).toEqual([
    400,
    fieldError("imageRef", imageRef, `'${imageRef}' ${noSchemaMatches}`),
  ]);
});

test("E-12: an unknown member is refused on v2.1 and dropped elsewhere", async () => {
  for (const mount of computeMounts) {
    const { call } = await startCloud();
    const body = { server: { ...validServer, zz: 1, __proto: 2 }, yy: 3 };
    const reply = await call("POST", `${mount.path}/servers`, mount.withCredentials({ body }));
    expect([mount.dialect, reply.status]).toEqual([
      mount.dialect,
      mount.dialect === "nova" ? 400 : 202,
    ]);
  }
});

test("E-12: a key named __proto__ is an ordinary member and changes no other object", async () => {
  const { call } = await startCloud();
  const at = (path: string, body: string) => call("POST", path, { body });
  const polluted = `{"server": {"name": "web", "flavorRef": "1", "imageRef": "${image}", "__proto__": {"adminPass": "owned", "polluted": true}}}`;

  expect((await at("/v2.1/servers", polluted)).json.badRequest.message).toMatch(
    /Additional properties are not allowed \('__proto__' was unexpected\)$/,
  );
  const taken = await at("/servers", polluted);
  expect(taken.status).toBe(202);
  expect(taken.json.server.adminPass).not.toBe("owned");
  expect(({} as Record<string, unknown>)["polluted"]).toBe(undefined);
  const only = await at("/v2.1/servers", '{"__proto__": {"server": {}}}');
  expect(only.status).toBe(400);
});

test("E-13: metadata keeps a key named __proto__", async () => {
  const { call } = await startCloud();
  const body = `{"server": {"name": "web", "flavorRef": "1", "imageRef": "${image}", "metadata": {"__proto__": "a", "constructor": "b"}}}`;
  const { id } = (await call("POST", "/v2.1/servers", { body })).json.server;
  const { text } = await call("GET", `/v2.1/servers/${id}`);

  expect(text).toContain('"metadata": {"__proto__": "a", "constructor": "b"}');
});

test("E-13, E-15: too much metadata or personality returns 403", async () => {
  const { table, call } = await startCloud();
  const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, "v"]));
  const file = (path: string, contents: string) => ({ path, contents });

  await expectUnchanged(table, async () => {
    for (const [more, message] of [
      [{ metadata }, "Maximum number of metadata items exceeds 128"],
      [{ personality: Array(6).fill(file("/a", "YQ==")) }, "Personality file limit exceeded"],
      [
        { personality: [file("a".repeat(256), "YQ==")] },
        "Personality file path exceeds maximum 255",
      ],
      [
        { personality: [file("/a", "YWFh".repeat(4_000))] },
        "Personality file content exceeds maximum 10240",
      ],
    ] as const) {
      const body = { server: { ...validServer, ...more } };
      const reply = await call("POST", "/v2.1/servers", { body });
      expect([reply.status, reply.json]).toEqual([403, { forbidden: { message, code: 403 } }]);
    }
  });
});
