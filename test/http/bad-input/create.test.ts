import { expect, test } from "vitest";
import { cloud } from "../../support/cloud.ts";
import { doors, doorsOf } from "../../support/doors.ts";
import { untouched } from "../../support/items.ts";

const image = "70a599e0-31e7-49b7-b260-868f441e862b";
const good = { name: "web", flavorRef: "1", imageRef: image };

const of = (field: string, shown: string, reason: string) =>
  `Invalid input for field/attribute ${field}. Value: ${shown}. ${reason}`;

const noType = (field: string, shown: string, type: string) =>
  of(field, shown, `${shown} is not of type ${type}`);

const noScheme = "is not valid under any of the given schemas";

/** What Nova's schema or controller refuses with 400, on every door, and its words. */
const refused: readonly [server: unknown, message: unknown][] = [
  [null, noType("server", "None", "'object'")],
  [[], noType("server", "[]", "'object'")],
  ["web", of("server", "web", "'web' is not of type 'object'")],
  [{}, expect.stringMatching(/ '(name|flavorRef)' is a required property$/)],
  [{ name: "web" }, expect.stringMatching(/'flavorRef' is a required property$/)],
  [{ flavorRef: "1" }, expect.stringMatching(/'name' is a required property$/)],
  [{ ...good, imageRef: undefined }, "Missing imageRef attribute"],
  [{ ...good, imageRef: "" }, "Missing imageRef attribute"],
  [{ ...good, imageRef: null }, of("imageRef", "None", `None ${noScheme}`)],
  [{ ...good, imageRef: "cirros" }, of("imageRef", "cirros", `'cirros' ${noScheme}`)],
  [{ ...good, imageRef: 7 }, of("imageRef", "7", `7 ${noScheme}`)],
  [{ ...good, imageRef: "70a599e0-31e7-49b7-b260-868f441e8629" }, "Can not find requested image"],
  [{ ...good, flavorRef: "999" }, "Flavor 999 could not be found."],
  [{ ...good, flavorRef: 999 }, "Flavor 999 could not be found."],
  [{ ...good, flavorRef: "__proto__" }, "Flavor __proto__ could not be found."],
  [{ ...good, flavorRef: "" }, of("flavorRef", "", "'' is too short")],
  [{ ...good, flavorRef: null }, noType("flavorRef", "None", "'string', 'integer'")],
  [{ ...good, flavorRef: 1.5 }, noType("flavorRef", "1.5", "'string', 'integer'")],
  [{ ...good, flavorRef: {} }, noType("flavorRef", "{}", "'string', 'integer'")],
  [{ ...good, key_name: "nosuch" }, "Invalid key_name provided."],
  [{ ...good, adminPass: 5 }, noType("adminPass", "5", "'string'")],
  [{ ...good, metadata: [] }, noType("metadata", "[]", "'object'")],
  [{ ...good, metadata: { a: 1 } }, noType("a", "1", "'string'")],
  [{ ...good, metadata: { a: null } }, noType("a", "None", "'string'")],
  [
    { ...good, metadata: { "a/b": "c" } },
    of(
      "metadata",
      "{'a/b': 'c'}",
      "'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ),
  ],
  [{ ...good, min_count: 0 }, of("min_count", "0", "0 is less than the minimum of 1")],
  [{ ...good, min_count: "0" }, of("min_count", "0", "0 is less than the minimum of 1")],
  [{ ...good, min_count: -1 }, of("min_count", "-1", "-1 is less than the minimum of 1")],
  [{ ...good, min_count: "" }, of("min_count", "", "'' is too short")],
  [{ ...good, max_count: "x" }, of("max_count", "x", "'x' does not match '^[0-9]*$'")],
  [{ ...good, max_count: 1.5 }, noType("max_count", "1.5", "'integer', 'string'")],
  [{ ...good, min_count: 3, max_count: 2 }, "min_count must be <= max_count"],
  [
    { ...good, user_data: "no base64!" },
    of("user_data", "no base64!", "'no base64!' is not a 'base64'"),
  ],
  [{ ...good, user_data: 5 }, noType("user_data", "5", "'string'")],
  [
    { ...good, config_drive: "maybe" },
    expect.stringMatching(
      /field\/attribute config_drive\. Value: maybe\. 'maybe' is not one of \[True, 'True'/,
    ),
  ],
  [{ ...good, availability_zone: "mars" }, "The requested availability zone is not available"],
  [
    { ...good, security_groups: "default" },
    of("security_groups", "default", "'default' is not of type 'array'"),
  ],
  [
    { ...good, security_groups: [{ name: "nosuch" }] },
    expect.stringMatching(/^Security group nosuch not found/),
  ],
  [
    { ...good, networks: [{ uuid: "0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1" }] },
    "Network 0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1 could not be found.",
  ],
  [
    { ...good, networks: [{ port: "0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1" }] },
    "Port 0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1 could not be found.",
  ],
  [{ ...good, networks: {} }, noType("networks", "{}", "'array'")],
  [
    { ...good, imageRef: "155d900f-4e14-4e4c-a73d-069cbf4541e6" },
    expect.stringMatching(/^Flavor's disk is smaller/),
  ],
];

/** The old /v2 takes null for user data (E-14), and says so. */
const told = (message: unknown, dialect: string): unknown =>
  dialect !== "nova" && typeof message === "string" && message.includes("user_data. Value: 5")
    ? `${message}, 'null'`
    : message;

for (const door of doorsOf("nova", "nova-v2", "rackspace"))
  test(`E-16: ${door.name} at "${door.at}" refuses a server that cannot be, and counts none`, async () => {
    const { table, call } = await cloud();

    await untouched(table, async () => {
      for (const [server, message] of refused) {
        const reply = await call("POST", `${door.at}/servers`, { body: { server } });
        door.refused(reply, { status: 400, name: "badRequest", message: told(message, door.name) });
      }
    });
  });

for (const door of doorsOf("flexcloud"))
  test(`E-16: FlexCloud at "${door.at}" refuses a server that cannot be, and counts none`, async () => {
    const { table, call } = await cloud();

    await untouched(table, async () => {
      for (const [server] of refused) {
        const asked = door.asked({ body: { server } });
        const message = expect.any(String);
        door.refused(await call("POST", `${door.at}/servers`, asked), {
          status: 400,
          name: "badRequest",
          message,
        });
      }
    });
  });

test("E-16: an image by its address is refused by Nova", async () => {
  const { call } = await cloud();
  const imageRef = `http://x/images/${image}`;
  const reply = await call("POST", "/v2.1/servers", { body: { server: { ...good, imageRef } } });

  expect([reply.status, reply.json.badRequest.message]).toEqual([
    400,
    of("imageRef", imageRef, `'${imageRef}' ${noScheme}`),
  ]);
});

test("E-12: a member that Nova does not know is refused on v2.1 and dropped elsewhere", async () => {
  for (const door of doors) {
    const { call } = await cloud();
    const body = { server: { ...good, zz: 1, __proto: 2 }, yy: 3 };
    const reply = await call("POST", `${door.at}/servers`, door.asked({ body }));
    expect([door.name, reply.status]).toEqual([door.name, door.name === "nova" ? 400 : 202]);
  }
});

test("E-12: a key called __proto__ is a member like any other, and changes nobody", async () => {
  const { call } = await cloud();
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

test("E-13: metadata keeps a key called __proto__", async () => {
  const { call } = await cloud();
  const body = `{"server": {"name": "web", "flavorRef": "1", "imageRef": "${image}", "metadata": {"__proto__": "a", "constructor": "b"}}}`;
  const { id } = (await call("POST", "/v2.1/servers", { body })).json.server;
  const { text } = await call("GET", `/v2.1/servers/${id}`);

  expect(text).toContain('"metadata": {"__proto__": "a", "constructor": "b"}');
});

test("E-13, E-15: too much metadata or personality is 403", async () => {
  const { table, call } = await cloud();
  const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, "v"]));
  const file = (path: string, contents: string) => ({ path, contents });

  await untouched(table, async () => {
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
      const body = { server: { ...good, ...more } };
      const reply = await call("POST", "/v2.1/servers", { body });
      expect([reply.status, reply.json]).toEqual([403, { forbidden: { message, code: 403 } }]);
    }
  });
});
