import { expect, test } from "vitest";
import { base64, withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud } from "../../support/cloud.ts";
import { httpRequest } from "../../support/http-request.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const wrongHeaders: Record<string, string> = {
  "no credentials": "Basic",
  "an empty value": "",
  "not Base64": "Basic demo:demo",
  "odd Base64": "Basic ZGVtbzpkZW1v=",
  "URL-safe Base64": "Basic _-8_",
  "Base64 in two parts": `Basic ${base64("demo")} ${base64("demo")}`,
  "no colon": `Basic ${base64("demodemo")}`,
  "no user": `Basic ${base64(":demo")}`,
  "no password": `Basic ${base64("demo:")}`,
  "a wrong password": `Basic ${base64("demo:Demo")}`,
  "a blank after the password": `Basic ${base64("demo:demo ")}`,
  "a line's end after the password": `Basic ${base64("demo:demo\n")}`,
  "an unknown user": `Basic ${base64("nobody:nobody")}`,
  "a user's id": `Basic ${base64("1d4f6a8c0e2b4d5f97a9c1e3b5d7f021:demo")}`,
  "bytes that are not UTF-8": `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString("base64")}`,
  "a NUL": `Basic ${base64("demo\0:demo")}`,
  __proto__: `Basic ${base64("__proto__:x")}`,
  "a key with signs in it": `Basic ${base64("#default#demo:demo")}`,
  "a very long user": `Basic ${base64(`${"u".repeat(5_000)}:demo`)}`,
  "a very long password": `Basic ${base64(`demo:${"p".repeat(5_000)}`)}`,
  Bearer: `Bearer ${base64("demo:demo")}`,
  Digest: 'Digest username="demo"',
  "two schemes": `Basic Basic ${base64("demo:demo")}`,
  "bare and wrong": base64("demo:wrong"),
};

for (const mount of computeMountsOf("flexcloud"))
  test(`FlexCloud at "${mount.path}" refuses wrong credentials`, async () => {
    const { table, at } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const [what, authorization] of Object.entries(wrongHeaders))
        for (const [method, path, body] of [
          ["GET", `/servers/${id}`, undefined],
          ["POST", `/servers/${id}/action`, { "os-start": null }],
        ] as const) {
          const reply = await httpRequest(at, method, mount.path + path, {
            headers: { authorization },
            body,
          });
          expect([what, reply.status]).toEqual([what, 401]);
          mount.expectUnauthenticated(reply);
        }
    });
  });

test("a valid token does not override wrong Basic credentials", async () => {
  const { call } = await startCloud();
  const { headers = {} } = withBasicAuth("demo", "wrong");

  expect((await call("GET", "/servers", { headers })).status).toBe(401);
});

test("Nova mounts refuse Basic credentials", async () => {
  const { call } = await startCloud();

  for (const mount of computeMountsOf("nova", "nova-v2"))
    mount.expectUnauthenticated(await call("GET", `${mount.path}/servers`, withBasicAuth()));
});

test("a verified password is cached only for its own user", async () => {
  const { call } = await startCloud();
  const status = async (user: string, password: string) =>
    (await call("GET", "/servers", withBasicAuth(user, password))).status;

  expect(await status("demo", "demo")).toBe(200);
  expect(await status("demo", "alt_demo")).toBe(401);
  expect(await status("alt_demo", "demo")).toBe(401);
  expect(await status("demo", "demo")).toBe(200);
});

test("a reader's write is forbidden with Hostway's message", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));

  await expectUnchanged(table, async () => {
    for (const mount of computeMountsOf("flexcloud").filter(({ path: at }) => at === ""))
      for (const [method, path, body] of [
        ["PUT", `/servers/${id}`, { server: { name: "a" } }],
        ["DELETE", `/servers/${id}`, undefined],
        ["POST", `/servers/${id}/action`, { "os-start": null }],
      ] as const)
        mount.expectRefusal(await call(method, path, { ...withBasicAuth("reader"), body }), {
          status: 403,
          name: "forbidden",
          message: "forbidden",
        });
  });
});
