import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const malformed = { status: 400, name: "badRequest", message: "Malformed request body" };

const malformedBodies: Record<string, string | Uint8Array> = {
  "a brace": "{",
  "half a word": '{"os-start": nul',
  "single quotes": "{'os-start': null}",
  "a comma too many": '{"os-start": null,}',
  "a comment": '{"os-start": null} // now',
  "two values": '{"os-start": null}{"os-start": null}',
  "a word": "os-start",
  NaN: '{"os-start": NaN}',
  "a no-break space": '{"os-start"\u00a0: null}',
  "a byte order mark": '\ufeff{"os-start": null}',
  "a control character in a string": '{"os-start": "a\u0001"}',
  blanks: "   \n",
  "a form": "os-start=null",
  XML: "<os-start/>",
  "bytes that are not UTF-8": Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d),
  "half a character": Uint8Array.from([...Buffer.from('{"os-start": "'), 0xc3, 0x22, 0x7d]),
  "UTF-16": Buffer.from('{"os-start": null}', "utf16le"),
};

for (const mount of computeMounts)
  test(`E-30: ${mount.dialect} at "${mount.path}" refuses a body that is not JSON and changes nothing`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const [what, body] of Object.entries(malformedBodies))
        for (const [method, path] of [
          ["POST", `/servers/${id}/action`],
          ["POST", "/servers"],
          ["PUT", `/servers/${id}`],
        ] as const) {
          const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
          expect([what, reply.status]).toEqual([what, 400]);
          mount.expectRefusal(reply, malformed);
        }
    });
  });

const unexpectedShapes: readonly unknown[] = [
  {},
  [],
  ["os-start"],
  '"os-start"',
  '""',
  { "os-start": null, "os-stop": null },
  { "os-start": null, server: {} },
];

for (const mount of computeMounts)
  test(`E-30: ${mount.dialect} at "${mount.path}" refuses an action body without exactly one key`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));
    const path = `${mount.path}/servers/${id}/action`;

    await expectUnchanged(table, async () => {
      for (const body of [...unexpectedShapes, ""])
        mount.expectRefusal(await call("POST", path, mount.withCredentials({ body })), malformed);
      mount.expectRefusal(await call("POST", path, mount.withCredentials()), malformed);
    });
  });

for (const mount of computeMounts)
  test(`E-30: ${mount.dialect} at "${mount.path}" refuses null, a number and a boolean as body`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const body of ["null", "0", "12.5", "true"])
        for (const [method, path] of [
          ["POST", `/servers/${id}/action`],
          ["POST", "/servers"],
          ["PUT", `/servers/${id}`],
        ] as const) {
          const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
          mount.expectRefusal(reply, {
            status: 400,
            name: "badRequest",
            message: expect.any(String),
          });
        }
    });
  });

test("E-30: os-start accepts any value", async () => {
  for (const value of [null, {}, "", [], true, 1, { a: [{}] }]) {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));
    const body = { "os-start": value };
    expect((await call("POST", `/v2.1/servers/${id}/action`, { body })).status).toBe(202);
  }
});

test("E-30: the last of two equal keys counts", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));
  const rename = '{"server": {"name": "first"}, "server": {"name": "a", "name": "last"}}';

  expect((await call("PUT", `/v2.1/servers/${id}`, { body: rename })).json.server.name).toBe(
    "last",
  );
  const twice = '{"os-start": 1, "os-start": null}';
  expect((await call("POST", `/v2.1/servers/${id}/action`, { body: twice })).status).toBe(202);
});

test("a body on GET and DELETE is ignored", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));

  for (const mount of computeMounts) {
    const reply = await call(
      "DELETE",
      `${mount.path}/servers/${id}`,
      mount.withCredentials({ body: "{" }),
    );
    expect([202, 204]).toContain(reply.status);
  }
});
