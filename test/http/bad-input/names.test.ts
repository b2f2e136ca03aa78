import { expect, test } from "vitest";
import { cloud } from "../../support/cloud.ts";
import { doors, doorsOf } from "../../support/doors.ts";
import { untouched } from "../../support/items.ts";
import { given, resting } from "../../support/servers.ts";

const badRequest = (message: string) => ({ status: 400, name: "badRequest", message });

const bad = (reason: string) =>
  badRequest(`An invalid 'name' value was provided. The name must be: ${reason}`);

const unprintable = bad("printable characters. Can not start or end with whitespace.");
const unprintableThen = bad("printable characters with at least one non space character");

const field = (shown: string, reason: string) =>
  badRequest(`Invalid input for field/attribute name. Value: ${shown}. ${reason}`);

const long = "a".repeat(256);

const image = "70a599e0-31e7-49b7-b260-868f441e862b";

/** Both requests that give a server a name. */
const naming = (id: string, name: unknown) =>
  [
    ["PUT", `/servers/${id}`, { server: { name } }],
    ["POST", "/servers", { server: { name, flavorRef: "1", imageRef: image } }],
  ] as const;

for (const door of doors)
  test(`E-11: ${door.name} at "${door.at}" refuses names that are no text, empty or too long`, async () => {
    const { table, call } = await cloud();
    const { id } = await given(table, resting("active"));

    await untouched(table, async () => {
      for (const [name, refusal] of [
        ["", field("", "'' is too short")],
        [long, field(long, `'${long}' is too long`)],
        [null, field("None", "None is not of type 'string'")],
        [5, field("5", "5 is not of type 'string'")],
        [1.5, field("1.5", "1.5 is not of type 'string'")],
        [true, field("True", "True is not of type 'string'")],
        [["a"], field("['a']", "['a'] is not of type 'string'")],
        [{ a: null }, field("{'a': None}", "{'a': None} is not of type 'string'")],
      ] as const)
        for (const [method, path, body] of naming(id, name))
          door.refused(await call(method, door.at + path, door.asked({ body })), refusal);
    });
  });

/** Control characters, and what lies beyond the Basic Multilingual Plane. */
const never = [
  ...["a\tb", "a\nb", "a\u0000b", "\u007f", "a\u0085b", "\u200b", "\u202ea", "\u2028", "\ue000"],
  ...["🚀", "a🚀b", "𝒳", "\u{20000}", "\ud800", "\udc00a"],
];

for (const door of doors)
  test(`E-11: ${door.name} at "${door.at}" refuses control characters and emoji in a name`, async () => {
    const { table, call } = await cloud();
    const { id } = await given(table, resting("active"));

    await untouched(table, async () => {
      for (const name of never)
        for (const [method, path, body] of naming(id, name)) {
          const reply = await call(method, door.at + path, door.asked({ body }));
          door.refused(reply, door.name === "nova" ? unprintable : unprintableThen);
        }
    });
  });

test("E-11: v2.1 refuses blanks around a name", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));

  await untouched(table, async () => {
    for (const door of doorsOf("nova"))
      for (const name of [" ", " x", "x ", "\u00a0x", "x\u3000"])
        for (const [method, path, body] of naming(id, name))
          door.refused(await call(method, door.at + path, { body }), unprintable);
  });
});

test("E-11: elsewhere blanks around a name are taken and left off", async () => {
  for (const door of doorsOf("nova-v2", "rackspace", "flexcloud"))
    for (const name of [" x", "x ", "  x  "]) {
      const { table, call } = await cloud();
      const { id } = await given(table, resting("active"));
      const put = door.asked({ body: { server: { name } } });
      const reply = await call("PUT", `${door.at}/servers/${id}`, put);
      expect([200, 204]).toContain(reply.status);
      expect((await call("GET", `/v2.1/servers/${id}`)).json.server.name).toBe("x");
    }
});

test("E-11: a name of nothing but blanks is refused everywhere", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));

  await untouched(table, async () => {
    for (const door of doorsOf("nova-v2", "rackspace", "flexcloud"))
      for (const name of [" ", "   ", "\u3000"])
        for (const [method, path, body] of naming(id, name))
          door.refused(await call(method, door.at + path, door.asked({ body })), unprintableThen);
  });
});

test("E-11: other letters, signs and blanks within a name are good, up to 255", async () => {
  for (const name of [
    "a",
    "é ü 名前 ß",
    "a b",
    "<b>&\"'\\",
    "a".repeat(255),
    "é".repeat(255),
    "-1",
  ]) {
    const { table, call } = await cloud();
    const { id } = await given(table, resting("active"));
    const reply = await call("PUT", `/v2.1/servers/${id}`, { body: { server: { name } } });
    expect([reply.status, reply.json.server?.name]).toEqual([200, name]);
    expect((await call("GET", `/v2.1/servers/${id}`)).json.server.name).toBe(name);
  }
});

test("E-24: an empty or null address is refused, an empty update is not", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));
  const put = (server: unknown) => call("PUT", `/v2.1/servers/${id}`, { body: { server } });

  for (const [what, value, shown, reason] of [
    ["accessIPv4", "", "", "'' is not a 'ipv4'"],
    ["accessIPv4", "300.1.1.1", "300.1.1.1", "'300.1.1.1' is not a 'ipv4'"],
    ["accessIPv4", null, "None", "None is not of type 'string'"],
    ["accessIPv6", "", "", "'' is not a 'ipv6'"],
    ["accessIPv6", "1.2.3.4", "1.2.3.4", "'1.2.3.4' is not a 'ipv6'"],
  ] as const) {
    const message = `Invalid input for field/attribute ${what}. Value: ${shown}. ${reason}`;
    const reply = await put({ [what]: value });
    expect([reply.status, reply.json]).toEqual([400, { badRequest: { message, code: 400 } }]);
  }
  expect((await put({})).status).toBe(200);
});
