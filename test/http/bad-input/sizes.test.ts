import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import { type ComputeMount, computeMounts, expectRequestId } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const maxBodyBytes = 114_688;

const bodyOfSize = (bytes: number) => {
  const body = '{"server": {"name": "big"}}';
  return body + " ".repeat(bytes - body.length);
};

const tooLarge = (name: ComputeMount["dialect"]): unknown =>
  name === "flexcloud"
    ? { overLimit: { message: "Request is too large", code: 413, details: "" } }
    : {
        message: `Request is too large. Larger than max_request_body_size (${maxBodyBytes}).<br /><br />\n\n\n`,
        code: "413 Request Entity Too Large",
        title: "Request Entity Too Large",
      };

for (const mount of computeMounts)
  test(`E-30: ${mount.dialect} at "${mount.path}" accepts ${maxBodyBytes} bytes of body and not one more`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));
    const put = (bytes: number) =>
      call(
        "PUT",
        `${mount.path}/servers/${id}`,
        mount.withCredentials({ body: bodyOfSize(bytes) }),
      );

    await expectUnchanged(table, async () => {
      for (const bytes of [maxBodyBytes + 1, 1_000_000]) {
        const reply = await put(bytes);
        expect([reply.status, reply.json]).toEqual([413, tooLarge(mount.dialect)]);
        expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
        expectRequestId(reply);
      }
    });
    expect([200, 204]).toContain((await put(maxBodyBytes)).status);
  });

test("E-30: the limit counts bytes, not characters, and is checked before the token", async () => {
  const { call } = await startCloud();
  const body = `{"server": {"name": "${"é".repeat(maxBodyBytes / 2)}"}}`;

  expect((await call("POST", "/v2.1/servers", { body })).status).toBe(413);
  expect((await call("POST", "/v2.1/servers", { as: null, body })).status).toBe(413);
  const binary = new Uint8Array(maxBodyBytes + 1);
  const headers = { "content-type": "application/octet-stream" };
  expect((await call("POST", "/v2.1/servers", { headers, body: binary })).status).toBe(413);
});

test("a body over 10 MB returns 413 as API Gateway does, and the service keeps running", async () => {
  const { table, at, call } = await startCloud();
  const body = new Uint8Array(10 * 1024 * 1024 + 1);

  await expectUnchanged(table, async () => {
    for (const path of ["/v2.1/servers", "/servers", "/identity/v3/auth/tokens", "/nosuch"]) {
      const reply = await httpRequest(at, "POST", path, { body });
      expect([reply.status, reply.json]).toEqual([413, { message: "Request Entity Too Large" }]);
    }
  });
  expect((await call("GET", "/v2.1/servers")).status).toBe(200);
});

const nestingLevels = 10_000;

const deepBodies: Record<string, string> = {
  lists: "[".repeat(nestingLevels) + "]".repeat(nestingLevels),
  "lists without an end": "[".repeat(nestingLevels),
  objects: `${'{"a":'.repeat(nestingLevels)}1${"}".repeat(nestingLevels)}`,
  "objects without an end": '{"a":'.repeat(nestingLevels),
  "the value of an action": `{"os-start": ${"[".repeat(nestingLevels)}${"]".repeat(nestingLevels)}}`,
  metadata: `{"server": {"metadata": ${'{"a":'.repeat(nestingLevels)}1${"}".repeat(nestingLevels)}}}`,
  "no objects at all": "}".repeat(nestingLevels),
};

for (const mount of computeMounts)
  test(`E-30: ${mount.dialect} at "${mount.path}" refuses ${nestingLevels} levels of JSON with 400`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const [what, body] of Object.entries(deepBodies))
        for (const [method, path] of [
          ["POST", `/servers/${id}/action`],
          ["POST", "/servers"],
          ["PUT", `/servers/${id}`],
        ] as const) {
          const reply = await call(method, mount.path + path, mount.withCredentials({ body }));
          expect([what, reply.status]).toEqual([what, 400]);
          const message = "Malformed request body";
          mount.expectRefusal(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

test("E-30: brackets inside strings are no levels, and quotes do not hide levels", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const name = '[{"\\'.repeat(60);
  const put = (body: unknown) => call("PUT", `/v2.1/servers/${id}`, { body });

  expect((await put({ server: { name } })).json.server.name).toBe(name);
  const hidden = `{"server": {"name": "\\"", "b": ${"[".repeat(nestingLevels)}${"]".repeat(nestingLevels)}}}`;
  expect((await put(hidden)).json.badRequest.message).toBe("Malformed request body");
});

test("long strings, numbers and lists are refused in bounded time with the full message", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("active"));
  const path = `/v2.1/servers/${id}/action`;

  await expectUnchanged(table, async () => {
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
