import { expect, test } from "vitest";
import { openBackend } from "../../../lambdas/deployed/backend.ts";
import { revocationLagMs } from "../../../lambdas/identity/database/revocations.ts";
import { tokenLifetimeMs } from "../../../lambdas/identity/model/identity.ts";
import { startCloud } from "../../support/cloud.ts";
import { postLogin, subjectTokenOf, tokensPath, withTokenHeader } from "../../support/identity.ts";
import { foreignTokens, testClaims } from "../../support/tokens.ts";

const withSubjectToken = (token: string, subject: string) =>
  withTokenHeader(token, { headers: { "x-subject-token": subject } });

test("GET shows a token as it was issued", async () => {
  const { call } = await startCloud();
  const issued = await postLogin(call);
  const token = subjectTokenOf(issued);
  const shown = await call("GET", tokensPath, withSubjectToken(token, token));

  expect([shown.status, shown.json]).toEqual([200, issued.json]);
  expect(subjectTokenOf(shown)).toBe(token);
  expect(shown.headers.get("vary")).toBe("X-Auth-Token");
});

test("HEAD validates a token and returns no body", async () => {
  const { call } = await startCloud();
  const token = subjectTokenOf(await postLogin(call));
  const reply = await call("HEAD", tokensPath, withSubjectToken(token, token));

  expect([reply.status, reply.text]).toEqual([200, ""]);
});

test("DELETE returns 204, and every service refuses the token at once", async () => {
  const { call, token } = await startCloud();
  const gone = subjectTokenOf(await postLogin(call));
  for (const path of ["/v2.1/servers", "/image/v2/images"])
    expect((await call("GET", path, withTokenHeader(gone))).status).toBe(200);
  const reply = await call("DELETE", tokensPath, withSubjectToken(gone, gone));

  expect([reply.status, reply.text]).toEqual([204, ""]);
  for (const path of ["/v2.1/servers", "/servers", "/flavors", "/image/v2/images", tokensPath])
    expect([path, (await call("GET", path, withTokenHeader(gone))).status]).toEqual([path, 401]);
  expect((await call("GET", tokensPath, withSubjectToken(await token("admin"), gone))).status).toBe(
    404,
  );
});

test("revoking one token leaves the user's other tokens valid", async () => {
  const { call } = await startCloud();
  const [one, other] = [
    subjectTokenOf(await postLogin(call)),
    subjectTokenOf(await postLogin(call)),
  ];
  await call("DELETE", tokensPath, withSubjectToken(one, one));

  expect((await call("GET", "/v2.1/servers", withTokenHeader(other))).status).toBe(200);
});

test("an administrator sees and revokes all tokens, a user only the own ones", async () => {
  const { call, token } = await startCloud();
  const subject = subjectTokenOf(await postLogin(call));

  for (const method of ["GET", "HEAD", "DELETE"])
    expect(
      (await call(method, tokensPath, withSubjectToken(await token("alt_demo"), subject))).status,
    ).toBe(403);
  expect(
    (await call("GET", tokensPath, withSubjectToken(await token("admin"), subject))).status,
  ).toBe(200);
  expect(
    (await call("DELETE", tokensPath, withSubjectToken(await token("admin"), subject))).status,
  ).toBe(204);
  expect((await call("GET", "/v2.1/servers", withTokenHeader(subject))).status).toBe(401);
});

test("a token is valid until the millisecond it expires, and not even a subject afterwards", async () => {
  const { call, pass, token } = await startCloud();
  const subject = subjectTokenOf(await postLogin(call));
  const ask = async () => [
    (await call("GET", "/v2.1/servers", withTokenHeader(subject))).status,
    (await call("HEAD", tokensPath, withSubjectToken(await token("admin"), subject))).status,
  ];

  pass(tokenLifetimeMs - 1);
  expect(await ask()).toEqual([200, 200]);
  pass(1);
  expect(await ask()).toEqual([401, 404]);
});

test("a forged or expired token causes no DynamoDB call", async () => {
  const { call, pass, commands } = await startCloud();
  const token = subjectTokenOf(await postLogin(call));
  const forged = await foreignTokens().issue(testClaims("admin"));
  pass(tokenLifetimeMs);
  commands.length = 0;

  for (const bad of [token, forged, "x"])
    for (const path of ["/v2.1/servers", "/servers", "/image/v2/images", tokensPath])
      expect((await call("GET", path, withTokenHeader(bad))).status).toBe(401);
  expect(commands).toEqual([]);
});

test("a new process knows a revocation at once, a running one within the lag", async () => {
  const { call, table, environment } = await startCloud();
  const process = () => {
    const backend = openBackend(table);
    return startCloud({ backend: () => backend, tokens: environment.tokens });
  };
  const token = subjectTokenOf(await postLogin(call));
  const running = await process();
  const seen = async ({ call: ask }: typeof running) =>
    (await ask("GET", "/v2.1/servers", withTokenHeader(token))).status;
  expect(await seen(running)).toBe(200);
  await call("DELETE", tokensPath, withSubjectToken(token, token));

  expect(await seen(await process())).toBe(401);
  running.pass(revocationLagMs);
  expect(await seen(running)).toBe(401);
  running.pass(tokenLifetimeMs - revocationLagMs - 1);
  expect(await seen(running)).toBe(401);
});
