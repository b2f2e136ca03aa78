import { expect, test } from "vitest";
import { ask } from "../../support/ask.ts";
import { cloud } from "../../support/cloud.ts";
import { type Door, doors, namesItsRequest } from "../../support/doors.ts";
import { untouched } from "../../support/items.ts";
import { given, resting } from "../../support/servers.ts";

const limit = 114_688;

/** A rename whose body has just so many bytes. */
const sized = (bytes: number) => {
  const body = '{"server": {"name": "big"}}';
  return body + " ".repeat(bytes - body.length);
};

/** WebOb's own words, and FlexCloud's. */
const tooLarge = (name: Door["name"]): unknown =>
  name === "flexcloud"
    ? { overLimit: { message: "Request is too large", code: 413, details: "" } }
    : {
        message: `Request is too large. Larger than max_request_body_size (${limit}).<br /><br />\n\n\n`,
        code: "413 Request Entity Too Large",
        title: "Request Entity Too Large",
      };

for (const door of doors)
  test(`E-30: ${door.name} at "${door.at}" takes ${limit} bytes of body and not one more`, async () => {
    const { table, call } = await cloud();
    const { id } = await given(table, resting("active"));
    const put = (bytes: number) =>
      call("PUT", `${door.at}/servers/${id}`, door.asked({ body: sized(bytes) }));

    await untouched(table, async () => {
      for (const bytes of [limit + 1, 1_000_000]) {
        const reply = await put(bytes);
        expect([reply.status, reply.json]).toEqual([413, tooLarge(door.name)]);
        expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
        namesItsRequest(reply);
      }
    });
    expect([200, 204]).toContain((await put(limit)).status);
  });

test("E-30: bytes are counted and not characters, and before anybody is asked for a token", async () => {
  const { call } = await cloud();
  const body = `{"server": {"name": "${"é".repeat(limit / 2)}"}}`;

  expect((await call("POST", "/v2.1/servers", { body })).status).toBe(413);
  expect((await call("POST", "/v2.1/servers", { as: null, body })).status).toBe(413);
  const binary = new Uint8Array(limit + 1);
  const headers = { "content-type": "application/octet-stream" };
  expect((await call("POST", "/v2.1/servers", { headers, body: binary })).status).toBe(413);
});

test("a body over 10 MB is 413, as API Gateway says it, and the service lives on", async () => {
  const { table, at, call } = await cloud();
  const body = new Uint8Array(10 * 1024 * 1024 + 1);

  await untouched(table, async () => {
    for (const path of ["/v2.1/servers", "/servers", "/identity/v3/auth/tokens", "/nosuch"]) {
      const reply = await ask(at, "POST", path, { body });
      expect([reply.status, reply.json]).toEqual([413, { message: "Request Entity Too Large" }]);
    }
  });
  expect((await call("GET", "/v2.1/servers")).status).toBe(200);
});

const levels = 10_000;

const deep: Record<string, string> = {
  lists: "[".repeat(levels) + "]".repeat(levels),
  "lists without an end": "[".repeat(levels),
  objects: `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`,
  "objects without an end": '{"a":'.repeat(levels),
  "the value of an action": `{"os-start": ${"[".repeat(levels)}${"]".repeat(levels)}}`,
  metadata: `{"server": {"metadata": ${'{"a":'.repeat(levels)}1${"}".repeat(levels)}}}`,
  "no objects at all": "}".repeat(levels),
};

for (const door of doors)
  test(`E-30: ${door.name} at "${door.at}" refuses ${levels} levels of JSON with 400`, async () => {
    const { table, call } = await cloud();
    const { id } = await given(table, resting("stopped"));

    await untouched(table, async () => {
      for (const [what, body] of Object.entries(deep))
        for (const [method, path] of [
          ["POST", `/servers/${id}/action`],
          ["POST", "/servers"],
          ["PUT", `/servers/${id}`],
        ] as const) {
          const reply = await call(method, door.at + path, door.asked({ body }));
          expect([what, reply.status]).toEqual([what, 400]);
          const message = "Malformed request body";
          door.refused(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

test("E-30: brackets within text are no levels, and quotes do not hide any", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));
  const name = '[{"\\'.repeat(60);
  const put = (body: unknown) => call("PUT", `/v2.1/servers/${id}`, { body });

  expect((await put({ server: { name } })).json.server.name).toBe(name);
  const hidden = `{"server": {"name": "\\"", "b": ${"[".repeat(levels)}${"]".repeat(levels)}}}`;
  expect((await put(hidden)).json.badRequest.message).toBe("Malformed request body");
});

test("long words, numbers and lists are refused in bounded time and in full", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));
  const path = `/v2.1/servers/${id}/action`;

  await untouched(table, async () => {
    for (const body of [
      `{"os-start": null, "${"a".repeat(100_000)}": 1}`,
      `{"${"a".repeat(100_000)}": 1}`,
      `{"reboot": {"type": "${"\\u0000".repeat(15_000)}"}}`,
      `{"reboot": {"type": ${"9".repeat(100_000)}}}`,
      `{"reboot": {"type": 1e400}}`,
      `{"reboot": {"type": [${"0,".repeat(50_000)}0]}}`,
      `{${Array.from({ length: 9_000 }, (_, i) => `"k${i}": 1`).join(", ")}}`,
    ]) {
      const reply = await call("POST", path, { body });
      expect(reply.status).toBe(400);
      expect(reply.json.badRequest.code).toBe(400);
    }
  });
});
