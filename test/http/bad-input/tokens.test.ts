import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { tokenLifetime } from "../../../lambdas/identity/model/identity.ts";
import { cloud } from "../../support/cloud.ts";
import { doorsOf } from "../../support/doors.ts";
import { untouched } from "../../support/items.ts";
import { given, resting } from "../../support/servers.ts";
import { base64url, claimsFor, fromBase64url, otherTokens } from "../../support/tokens.ts";

const byToken = doorsOf("nova", "nova-v2", "rackspace");

/** Tokens that look good and are not. */
async function forgeries(good: string): Promise<Record<string, string>> {
  const [header = "", payload = "", signature = ""] = good.split(".");
  const claims = JSON.parse(fromBase64url(payload));
  const { kid } = JSON.parse(fromBase64url(header));
  const admin = base64url({ ...claims, roles: ["admin", "member", "reader"] });
  const later = base64url({ ...claims, exp: claims.exp + 1_000_000 });
  const hmac = (head: string) =>
    createHmac("sha256", kid).update(`${head}.${payload}`).digest("base64url");
  const none = base64url({ alg: "none" });
  const hs = base64url({ alg: "HS256", kid });
  return {
    "another cloud's key": await otherTokens().issue(claimsFor("admin")),
    "alg none": `${none}.${payload}.`,
    "alg none of our key": `${base64url({ alg: "none", kid })}.${payload}.${signature}`,
    "alg HS256": `${hs}.${payload}.${hmac(hs)}`,
    "more roles": `${header}.${admin}.${signature}`,
    "a later end": `${header}.${later}.${signature}`,
    "an embedded key": `${base64url({ alg: "EdDSA", kid, jwk: { kty: "OKP" } })}.${payload}.${signature}`,
    "a header of other order": `${base64url({ kid, alg: "EdDSA" })}.${payload}.${signature}`,
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

for (const door of byToken)
  test(`${door.name} at "${door.at}" takes no forged token, and asks DynamoDB nothing`, async () => {
    const { table, call, token, commands } = await cloud();
    const { id } = await given(table, resting("stopped"));
    const forged = await forgeries(await token());

    await untouched(table, async () => {
      commands.length = 0;
      for (const [what, text] of Object.entries(forged))
        for (const [method, path, body] of [
          ["GET", `/servers/${id}`, undefined],
          ["POST", `/servers/${id}/action`, { "os-start": null }],
        ] as const) {
          const headers = { "x-auth-token": text };
          const reply = await call(method, door.at + path, { as: null, headers, body });
          expect([what, reply.status]).toEqual([what, 401]);
          door.unauthenticated(reply);
        }
      expect(commands).toEqual([]);
    });
  });

for (const door of byToken)
  test(`${door.name} at "${door.at}" answers 401 without a token, and with an empty one`, async () => {
    const { call } = await cloud();

    const headers = { "x-auth-token": "" };
    door.unauthenticated(await call("GET", `${door.at}/servers`, { as: null, headers }));
    if (door.name !== "rackspace")
      door.unauthenticated(await call("GET", `${door.at}/servers`, { as: null }));
  });

for (const door of byToken)
  test(`${door.name} at "${door.at}" takes a token until the millisecond it runs out`, async () => {
    const { call, token, pass } = await cloud();
    const headers = { "x-auth-token": await token() };
    const ask = () => call("GET", `${door.at}/servers`, { as: null, headers });

    pass(tokenLifetime - 1);
    expect((await ask()).status).toBe(200);
    pass(1);
    door.unauthenticated(await ask());
  });

for (const door of byToken)
  test(`${door.name} at "${door.at}" takes no revoked token`, async () => {
    const { call, token } = await cloud();
    const revoked = await token();
    const headers = { "x-auth-token": revoked };
    await call("DELETE", "/identity/v3/auth/tokens", {
      headers: { "x-subject-token": revoked },
    });

    door.unauthenticated(await call("GET", `${door.at}/servers`, { as: null, headers }));
    expect((await call("GET", `${door.at}/servers`)).status).toBe(200);
  });

test("a token in the Authorization header, in a cookie or in the query is none", async () => {
  const { call, token } = await cloud();
  const good = await token();

  for (const headers of [
    { authorization: `Bearer ${good}` },
    { cookie: `X-Auth-Token=${good}` },
    { "x-subject-token": good },
  ])
    expect((await call("GET", "/v2.1/servers", { as: null, headers })).status).toBe(401);
  expect((await call("GET", `/v2.1/servers?X-Auth-Token=${good}`, { as: null })).status).toBe(401);
});

test("a reader's write and a token without a project are 403, in the words of Nova's policy", async () => {
  const { table, call, world } = await cloud();
  const { id } = await given(table, resting("stopped"));
  const projectless = await world.tokens.issue(claimsFor("demo", { project: null, roles: [] }));

  await untouched(table, async () => {
    for (const door of byToken.filter(({ at }) => !/[0-9a-f]{32}/.test(at)))
      for (const [rule, method, path, body] of [
        ["servers:create", "POST", "/servers", { server: { name: "a", flavorRef: "1" } }],
        ["servers:update", "PUT", `/servers/${id}`, { server: { name: "a" } }],
        ["servers:delete", "DELETE", `/servers/${id}`, undefined],
        ["servers:start", "POST", `/servers/${id}/action`, { "os-start": null }],
        ["servers:stop", "POST", `/servers/${id}/action`, { "os-stop": null }],
        ["servers:reboot", "POST", `/servers/${id}/action`, { reboot: { type: "HARD" } }],
      ] as const)
        for (const asked of [
          { as: "reader", body },
          { as: null, headers: { "x-auth-token": projectless }, body },
        ])
          door.refused(await call(method, door.at + path, asked), {
            status: 403,
            name: "forbidden",
            message: `Policy doesn't allow os_compute_api:${rule} to be performed.`,
          });
  });
});
