import { describe, expect, test } from "vitest";
import type { RequestSummary } from "../../lambdas/http/environment.ts";
import { type LogLevel, logLevels, parseLogLevel, toLogLine } from "../../lambdas/http/log.ts";
import { startTime } from "../support/cloud.ts";
import { sampleSummary, startWithLog } from "../support/request-log.ts";

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
