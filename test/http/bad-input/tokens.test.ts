import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { tokenLifetimeMs } from "../../../lambdas/identity/model/identity.ts";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { foreignTokens, fromBase64url, testClaims, toBase64url } from "../../support/tokens.ts";

const tokenMounts = computeMountsOf("nova", "nova-v2", "rackspace");

async function forgeTokens(good: string): Promise<Record<string, string>> {
  const [header = "", payload = "", signature = ""] = good.split(".");
  const claims = JSON.parse(fromBase64url(payload));
  const { kid } = JSON.parse(fromBase64url(header));
  const admin = toBase64url({ ...claims, roles: ["admin", "member", "reader"] });
  const later = toBase64url({ ...claims, exp: claims.exp + 1_000_000 });
  const hmac = (head: string) =>
    createHmac("sha256", kid).update(`${head}.${payload}`).digest("base64url");
  const none = toBase64url({ alg: "none" });
  const hs = toBase64url({ alg: "HS256", kid });
  return {
    "another cloud's key": await foreignTokens().issue(testClaims("admin")),
    "alg none": `${none}.${payload}.`,
    "alg none of our key": `${toBase64url({ alg: "none", kid })}.${payload}.${signature}`,
    "alg HS256": `${hs}.${payload}.${hmac(hs)}`,
    "more roles": `${header}.${admin}.${signature}`,
    "a later end": `${header}.${later}.${signature}`,
    "an embedded key": `${toBase64url({ alg: "EdDSA", kid, jwk: { kty: "OKP" } })}.${payload}.${signature}`,
    "a header of other order": `${toBase64url({ kid, alg: "EdDSA" })}.${payload}.${signature}`,
    "no signature": `${header}.${payload}.`,
    "no payload": `${header}..${signature}`,
    "two parts": `${header}.${payload}`,
    "four parts": `${good}.${signature}`,
    "a signature of zeros": `${header}.${payload}.${"A".repeat(86)}`,
    "a padded signature": `${good}==`,
    "no last character": good.slice(0, -1),
    "one character more": `${good}A`,
    "other case": good.toLowerCase(),
    "swapped parts": `${payload}.${header}.${signature}`,
    "half of it": good.slice(0, good.length / 2),
    "two of them": `${good},${good}`,
    "blanks in it": good.replace(".", " . "),
    "a word": "secret",
    "a UUID": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    dots: "..",
    "a path": "../../etc/passwd",
    JSON: '{"id": "x"}',
    __proto__: "__proto__",
    "very long": "a".repeat(8_000),
  };
}

for (const mount of tokenMounts)
  test(`${mount.dialect} at "${mount.path}" refuses a forged token without calling DynamoDB`, async () => {
    const { table, call, token, commands } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));
    const forged = await forgeTokens(await token());

    await expectUnchanged(table, async () => {
      commands.length = 0;
      for (const [what, text] of Object.entries(forged))
        for (const [method, path, body] of [
          ["GET", `/servers/${id}`, undefined],
          ["POST", `/servers/${id}/action`, { "os-start": null }],
        ] as const) {
          const headers = { "x-auth-token": text };
          const reply = await call(method, mount.path + path, { as: null, headers, body });
          expect([what, reply.status]).toEqual([what, 401]);
          mount.expectUnauthenticated(reply);
        }
      expect(commands).toEqual([]);
    });
  });

for (const mount of tokenMounts)
  test(`${mount.dialect} at "${mount.path}" returns 401 without a token and with an empty one`, async () => {
    const { call } = await startCloud();

    const headers = { "x-auth-token": "" };
    mount.expectUnauthenticated(await call("GET", `${mount.path}/servers`, { as: null, headers }));
    if (mount.dialect !== "rackspace")
      mount.expectUnauthenticated(await call("GET", `${mount.path}/servers`, { as: null }));
  });

for (const mount of tokenMounts)
  test(`${mount.dialect} at "${mount.path}" accepts a token until the millisecond it expires`, async () => {
    const { call, token, pass } = await startCloud();
    const headers = { "x-auth-token": await token() };
    const ask = () => call("GET", `${mount.path}/servers`, { as: null, headers });

    pass(tokenLifetimeMs - 1);
    expect((await ask()).status).toBe(200);
    pass(1);
    mount.expectUnauthenticated(await ask());
  });

for (const mount of tokenMounts)
  test(`${mount.dialect} at "${mount.path}" refuses a revoked token`, async () => {
    const { call, token } = await startCloud();
    const revoked = await token();
    const headers = { "x-auth-token": revoked };
    await call("DELETE", "/identity/v3/auth/tokens", {
      headers: { "x-subject-token": revoked },
    });

    mount.expectUnauthenticated(await call("GET", `${mount.path}/servers`, { as: null, headers }));
    expect((await call("GET", `${mount.path}/servers`)).status).toBe(200);
  });

test("a token in the Authorization header, a cookie or the query is ignored", async () => {
  const { call, token } = await startCloud();
  const good = await token();

  for (const headers of [
    { authorization: `Bearer ${good}` },
    { cookie: `X-Auth-Token=${good}` },
    { "x-subject-token": good },
  ])
    expect((await call("GET", "/v2.1/servers", { as: null, headers })).status).toBe(401);
  expect((await call("GET", `/v2.1/servers?X-Auth-Token=${good}`, { as: null })).status).toBe(401);
});

test("a reader's write and a token without a project return 403 with Nova's policy message", async () => {
  const { table, call, environment } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));
  const projectless = await environment.tokens.issue(
    testClaims("demo", { project: null, roles: [] }),
  );

  await expectUnchanged(table, async () => {
    for (const mount of tokenMounts.filter(({ path: at }) => !/[0-9a-f]{32}/.test(at)))
      for (const [rule, method, path, body] of [
        ["servers:create", "POST", "/servers", { server: { name: "a", flavorRef: "1" } }],
        ["servers:update", "PUT", `/servers/${id}`, { server: { name: "a" } }],
        ["servers:delete", "DELETE", `/servers/${id}`, undefined],
        ["servers:start", "POST", `/servers/${id}/action`, { "os-start": null }],
        ["servers:stop", "POST", `/servers/${id}/action`, { "os-stop": null }],
        ["servers:reboot", "POST", `/servers/${id}/action`, { reboot: { type: "HARD" } }],
      ] as const)
        for (const options of [
          { as: "reader", body },
          { as: null, headers: { "x-auth-token": projectless }, body },
        ])
          mount.expectRefusal(await call(method, mount.path + path, options), {
            status: 403,
            name: "forbidden",
            message: `Policy doesn't allow os_compute_api:${rule} to be performed.`,
          });
  });
});
