import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts, computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const badRequest = (message: string) => ({ status: 400, name: "badRequest", message });

const invalidName = (reason: string) =>
  badRequest(`An invalid 'name' value was provided. The name must be: ${reason}`);

const unprintableName = invalidName("printable characters. Can not start or end with whitespace.");
const unprintableOldName = invalidName(
  "printable characters with at least one non space character",
);

const nameError = (shown: string, reason: string) =>
  badRequest(`Invalid input for field/attribute name. Value: ${shown}. ${reason}`);

const longName = "a".repeat(256);

const image = "70a599e0-31e7-49b7-b260-868f441e862b";

const namingRequests = (id: string, name: unknown) =>
  [
    ["PUT", `/servers/${id}`, { server: { name } }],
    ["POST", "/servers", { server: { name, flavorRef: "1", imageRef: image } }],
  ] as const;

for (const mount of computeMounts)
  test(`E-11: ${mount.dialect} at "${mount.path}" refuses a name that is no string, empty or too long`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));

    await expectUnchanged(table, async () => {
      for (const [name, refusal] of [
        ["", nameError("", "'' is too short")],
        [longName, nameError(longName, `'${longName}' is too long`)],
        [null, nameError("None", "None is not of type 'string'")],
        [5, nameError("5", "5 is not of type 'string'")],
        [1.5, nameError("1.5", "1.5 is not of type 'string'")],
        [true, nameError("True", "True is not of type 'string'")],
        [["a"], nameError("['a']", "['a'] is not of type 'string'")],
        [{ a: null }, nameError("{'a': None}", "{'a': None} is not of type 'string'")],
      ] as const)
        for (const [method, path, body] of namingRequests(id, name))
          mount.expectRefusal(
            await call(method, mount.path + path, mount.withCredentials({ body })),
            refusal,
          );
    });
  });

/** Control characters and characters outside the Basic Multilingual Plane. */
const neverValidNames = [
  ...["a\tb", "a\nb", "a\u0000b", "\u007f", "a\u0085b", "\u200b", "\u202ea", "\u2028", "\ue000"],
  ...["🚀", "a🚀b", "𝒳", "\u{20000}", "\ud800", "\udc00a"],
];

for (const mount of computeMounts)
  test(`E-11: ${mount.dialect} at "${mount.path}" refuses control characters and emoji in a name`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));

    await expectUnchanged(table, async () => {
      for (const name of neverValidNames)
        for (const [method, path, body] of namingRequests(id, name)) {
          const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
          mount.expectRefusal(
            reply,
            mount.dialect === "nova" ? unprintableName : unprintableOldName,
          );
        }
    });
  });

test("E-11: v2.1 refuses blanks around a name", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  await expectUnchanged(table, async () => {
    for (const mount of computeMountsOf("nova"))
      for (const name of [" ", " x", "x ", "\u00a0x", "x\u3000"])
        for (const [method, path, body] of namingRequests(id, name))
          mount.expectRefusal(await call(method, mount.path + path, { body }), unprintableName);
  });
});

test("E-11: the other mounts accept blanks around a name and strip them", async () => {
  for (const mount of computeMountsOf("nova-v2", "rackspace", "flexcloud"))
    for (const name of [" x", "x ", "  x  "]) {
      const { table, call } = await startCloud();
      const { id } = await seedServer(table, settledServer("active"));
      const put = mount.withCredentials({ body: { server: { name } } });
      const reply = await call("PUT", `${mount.path}/servers/${id}`, put);
      expect([200, 204]).toContain(reply.status);
      expect((await call("GET", `/v2.1/servers/${id}`)).json.server.name).toBe("x");
    }
});

test("E-11: every mount refuses a blank name", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  await expectUnchanged(table, async () => {
    for (const mount of computeMountsOf("nova-v2", "rackspace", "flexcloud"))
      for (const name of [" ", "   ", "\u3000"])
        for (const [method, path, body] of namingRequests(id, name))
          mount.expectRefusal(
            await call(method, mount.path + path, mount.withCredentials({ body })),
            unprintableOldName,
          );
  });
});

test("E-11: a name of up to 255 letters, symbols and inner blanks is accepted", async () => {
  for (const name of [
    "a",
    "é ü 名前 ß",
    "a b",
    "<b>&\"'\\",
    "a".repeat(255),
    "é".repeat(255),
    "-1",
  ]) {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));
    const reply = await call("PUT", `/v2.1/servers/${id}`, { body: { server: { name } } });
    expect([reply.status, reply.json.server?.name]).toEqual([200, name]);
    expect((await call("GET", `/v2.1/servers/${id}`)).json.server.name).toBe(name);
  }
});

test("E-24: an empty or null address is refused, an empty update is accepted", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
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
