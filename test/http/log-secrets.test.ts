import fc from "fast-check";
import { expect, test } from "vitest";
import { toLogLine } from "../../lambdas/http/log.ts";
import { base64 } from "../support/basic-auth.ts";
import { tokensPath } from "../support/identity.ts";
import { sampleSummary, startWithLog } from "../support/request-log.ts";
import { seedServer, settledServer } from "../support/servers.ts";

/** Long enough never to occur by chance. */
const anySecret = fc.string({
  unit: fc.constantFrom(..."abcdefghijkmnpqrstuvwxyz23456789"),
  minLength: 16,
  maxLength: 40,
});

test("property: no secret of a request reaches a line, at any place and with any outcome", async () => {
  const { call, token, table, summaries, lines, commands } = await startWithLog();
  const { id } = await seedServer(table, settledServer("active"));
  const good = await token();
  const issued: string[] = [good];

  await fc.assert(
    fc.asyncProperty(anySecret, fc.nat(), async (hidden, which) => {
      summaries.length = 0;
      commands.length = 0;
      const user = { name: "demo", domain: { id: "default" }, password: hidden };
      const login = { auth: { identity: { methods: ["password"], password: { user } } } };
      const image = "70a599e0-31e7-49b7-b260-868f441e862b";
      const server = { name: hidden, flavorRef: "1", imageRef: image, adminPass: hidden };
      const asks: readonly (() => ReturnType<typeof call>)[] = [
        () => call("POST", tokensPath, { as: null, body: login }),
        () => call("POST", tokensPath, { as: null, body: `{"auth": ${hidden}` }),
        () => call("GET", "/v2.1/servers", { as: null, headers: { "x-auth-token": hidden } }),
        () =>
          call("GET", "/v2.1/servers", { as: null, headers: { "x-auth-token": good + hidden } }),
        () =>
          call("GET", `/servers/${id}`, {
            as: null,
            headers: { authorization: `Basic ${base64(`demo:${hidden}`)}` },
          }),
        () => call("GET", `/console?token=${hidden}`, { as: null }),
        () => call("GET", `/v2.1/servers?name=${hidden}&${hidden}=1`),
        () => call("GET", `/v2.1/servers/${hidden}`),
        () => call("GET", `/v2.1/${hidden}/servers`),
        () => call("GET", `/v2.1/os-console-auth-tokens/${hidden}`, { as: "admin" }),
        () => call("GET", "/identity/v3/auth/tokens", { headers: { "x-subject-token": hidden } }),
        () => call("POST", "/v2.1/servers", { body: { server } }),
        () => call("POST", "/v2.1/servers", { body: { server: { ...server, [hidden]: hidden } } }),
        () => call("POST", `/v2.1/servers/${id}/action`, { body: { [hidden]: null } }),
        () =>
          call("POST", `/v2.1/servers/${id}/action`, {
            body: { "os-getVNCConsole": { type: hidden } },
          }),
        () =>
          call("POST", "/v2.1/os-keypairs", {
            body: { keypair: { name: "k", public_key: hidden } },
          }),
      ];
      const ask = asks[which % asks.length] ?? (() => call("GET", "/"));

      await ask();

      expect(summaries).toHaveLength(1);
      const written = [...lines("all"), ...lines("metrics")].join();
      for (const one of [hidden, base64(`demo:${hidden}`), ...issued])
        expect(written).not.toContain(one);
    }),
    { numRuns: 150 },
  );
});

test("secrets of responses are not logged: tokens, passwords, consoles, keys", async () => {
  const { call, table, lines } = await startWithLog();
  const { id } = await seedServer(table, settledServer("active"));
  const user = { name: "demo", domain: { id: "default" }, password: "demo" };
  const login = { auth: { identity: { methods: ["password"], password: { user } } } };
  const image = "70a599e0-31e7-49b7-b260-868f441e862b";
  const server = { name: "web", flavorRef: "1", imageRef: image };

  const issued = await call("POST", tokensPath, { as: null, body: login });
  const created = await call("POST", "/v2.1/servers", { body: { server } });
  const console = await call("POST", `/v2.1/servers/${id}/action`, {
    body: { "os-getVNCConsole": { type: "novnc" } },
  });
  const key = await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "k" } } });
  const address = new URL(console.json.console.url);
  await call("GET", `/console${address.search}`, { as: null });

  const handed = [
    issued.headers.get("x-subject-token"),
    created.json.server.adminPass,
    address.search.replace("?token=", ""),
    key.json.keypair.private_key,
  ];
  const written = lines().join();
  expect(lines()).toHaveLength(5);
  for (const one of handed) {
    expect(one).toMatch(/.{8}/);
    expect(written).not.toContain(one);
  }
});

test("an error message contains no input", () => {
  fc.assert(
    fc.property(
      anySecret,
      fc.constantFrom("", '{"a": ', "[", '{"', '{"a": "b'),
      (hidden, before) => {
        const error = errorOf(() => JSON.parse(`${before}${hidden}`));
        Object.assign(error, { Item: { password: { S: hidden } }, cause: hidden });

        expect(toLogLine({ ...sampleSummary, status: 500, error }, "errors")).not.toContain(
          hidden.slice(0, 5),
        );
      },
    ),
  );
});

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (cause) {
    if (cause instanceof Error) return cause;
  }
  return new Error("none");
}
