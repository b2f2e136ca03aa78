import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestSummary } from "../../lambdas/http/environment.ts";
import { type LogLevel, logLevels, parseLogLevel, toLogLine } from "../../lambdas/http/log.ts";
import { base64 } from "../support/basic-auth.ts";
import { startCloud, startTime } from "../support/cloud.ts";
import { tokensPath } from "../support/identity.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const sampleSummary: RequestSummary = {
  operation: "compute/show-server",
  requestId: "req-1",
  lambdaRequestId: "2f9a3c1e",
  method: "GET",
  user: "demo",
  project: "demo",
  status: 200,
  refusal: null,
  error: undefined,
  startedAt: startTime,
  endedAt: startTime + 12,
};

/** A cloud that keeps the summary of each request. */
async function startWithLog(over: Parameters<typeof startCloud>[0] = {}) {
  const summaries: RequestSummary[] = [];
  const cloud = await startCloud({
    onResponse: (answered) => void summaries.push(answered),
    ...over,
  });
  return {
    ...cloud,
    summaries,
    lines: (level: LogLevel = "all") => summaries.flatMap((one) => toLogLine(one, level) ?? []),
  };
}

describe("a log line", () => {
  test("has caller, operation and outcome, under both request ids", async () => {
    const { call, summaries, lines } = await startWithLog();

    const reply = await call("POST", "/v2.1/servers/nowhere/action", {
      body: { "os-start": null },
    });

    const [line = ""] = lines("mutations");
    expect(JSON.parse(line)).toEqual({
      timestamp: "2026-01-15T12:00:00.000Z",
      level: "INFO",
      requestId: summaries[0]?.lambdaRequestId,
      request: reply.headers.get("x-compute-request-id"),
      operation: "compute/start-server",
      user: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021",
      project: "5d8b99310e6c49eaa5413aa659170deb",
      status: 404,
      fault: "no-such",
      milliseconds: 0,
    });
    expect(line).not.toContain("\n");
  });

  test("is written once per request by every handler", async () => {
    const { call, summaries } = await startWithLog();

    await call("GET", "/", { as: null });
    await call("GET", "/v2.1/nothing");
    await call("GET", "/v2.1/os-hypervisors", { as: "admin" });
    await call("GET", "/servers/detail/", { as: null });
    await call("POST", "/v2.1/servers/nowhere/action", { body: {} });

    expect(summaries.map(({ operation, status }) => [operation, status])).toEqual([
      ["compute/list-versions", 200],
      ["unrouted", 404],
      ["compute/list-hypervisors", 200],
      ["compute/list-server-details", 401],
      ["compute/server-action", 400],
    ]);
  });

  test("of a bug has its name and place, without the text it quotes", async () => {
    const { call, lines, environment } = await startWithLog();
    environment.backend = () => {
      throw new TypeError('It broke at "secret" and so on');
    };

    expect((await call("GET", "/v2.1/servers")).status).toBe(500);

    const [line = ""] = lines("errors");
    expect(JSON.parse(line)).toMatchObject({
      level: "ERROR",
      status: 500,
      error: {
        name: "TypeError",
        message: "It broke at … and so on",
        stack: expect.arrayContaining([expect.stringMatching(/^at .*log\.test\.ts/)]),
      },
    });
    expect(line).not.toContain("secret");
  });

  test("of an outage names the unavailable service", () => {
    const cause = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    const outage = { ...sampleSummary, status: 503, refusal: "unavailable", error: cause } as const;

    expect(JSON.parse(toLogLine(outage, "errors") ?? "")).toMatchObject({
      fault: "unavailable",
      error: { name: "ThrottlingException" },
    });
  });
});

describe("the log level", () => {
  const kinds: readonly [string, Partial<RequestSummary>, readonly LogLevel[]][] = [
    ["a read", {}, ["all", "metrics"]],
    ["a look", { method: "HEAD" }, ["all", "metrics"]],
    ["a mutation", { method: "POST", status: 202 }, ["mutations", "all", "metrics"]],
    ["a mutation by nobody in particular", { method: "POST", user: "" }, ["all", "metrics"]],
    ["a refusal", { status: 404, refusal: "no-such" }, ["mutations", "all", "metrics"]],
    ["an outage", { status: 503, refusal: "unavailable" }, logLevels],
    ["a bug", { status: 500, error: new Error("bug") }, logLevels],
  ];

  test.each(kinds)("%s selects its lines", (_, over, expected) => {
    const written = logLevels.filter(
      (level) => toLogLine({ ...sampleSummary, ...over }, level) !== null,
    );

    expect(written).toEqual(expected);
  });

  test("defaults to mutations, also for an unknown value", () => {
    expect([undefined, "", "everything"].map(parseLogLevel)).toEqual(Array(3).fill("mutations"));
    expect(logLevels.map(parseLogLevel)).toEqual(logLevels);
  });
});

test("metrics have CloudWatch's embedded format, and each named one is a number", () => {
  const line = JSON.parse(toLogLine({ ...sampleSummary, status: 503 }, "metrics") ?? "");
  const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;

  expect(line._aws.Timestamp).toBe(startTime + 12);
  expect([Namespace, Dimensions]).toEqual(["Novaless", [["operation"]]]);
  expect(line.operation).toBe("compute/show-server");
  expect(
    Object.fromEntries(Metrics.map(({ Name }: { Name: string }) => [Name, line[Name]])),
  ).toEqual({ Requests: 1, Faults: 1, Milliseconds: 12 });
});

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
