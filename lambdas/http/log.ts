import type { RequestSummary } from "./environment.ts";

/**
 * What a function writes about its requests, each with all before it: a line of every read would cost
 * more than the read (facts/costs.md §8). `metrics` is all of them as CloudWatch's embedded metrics.
 */
export const logLevels = ["errors", "mutations", "all", "metrics"] as const;

export type LogLevel = (typeof logLevels)[number];

/** By the name that the stack gives; who names nothing, or nothing known, has the mutations. */
export const parseLogLevel = (name: string | undefined): LogLevel =>
  logLevels.find((one) => one === name) ?? "mutations";

/** The line about a request, or null where there is to be none. */
export function toLogLine(summary: RequestSummary, level: LogLevel): string | null {
  if (logLevels.indexOf(level) < logLevels.indexOf(minimumLevel(summary))) return null;
  const { operation, requestId, lambdaRequestId, user, project, status, refusal, error } = summary;
  const { startedAt, endedAt } = summary;
  return JSON.stringify({
    // these three as in the platform's own lines, so that one search finds both
    timestamp: new Date(endedAt).toISOString(),
    level: status >= 500 ? "ERROR" : "INFO",
    requestId: lambdaRequestId,
    request: requestId,
    operation,
    ...(user !== "" && { user }),
    ...(project !== "" && { project }),
    status,
    ...(refusal !== null && { fault: refusal }),
    ...(status >= 500 && error instanceof Error && { error: describeError(error) }),
    ...(level === "metrics" ? embeddedMetrics(summary) : { milliseconds: endedAt - startedAt }),
  });
}

/** The least that is asked for by those who are to read of it. */
function minimumLevel({ method, user, status }: RequestSummary): LogLevel {
  if (status >= 500) return "errors";
  // viewers of consoles, whom nobody knows, post all the time
  const isMutation = user !== "" && method !== "GET" && method !== "HEAD";
  return status >= 400 || isMutation ? "mutations" : "all";
}

/**
 * The embedded metric format (docs.aws.amazon.com/AmazonCloudWatch, "Embedded metric format
 * specification"): the members that it names are taken for metrics. A fault is what is ours: 5xx.
 */
const embeddedMetrics = ({ status, startedAt, endedAt }: RequestSummary) => ({
  Requests: 1,
  Faults: status >= 500 ? 1 : 0,
  Milliseconds: endedAt - startedAt,
  _aws: {
    Timestamp: endedAt,
    CloudWatchMetrics: [
      {
        Namespace: "Novaless",
        Dimensions: [["operation"]],
        Metrics: [
          { Name: "Requests", Unit: "Count" },
          { Name: "Faults", Unit: "Count" },
          { Name: "Milliseconds", Unit: "Milliseconds" },
        ],
      },
    ],
  },
});

/**
 * An error without what it quotes: `JSON.parse` quotes what it was given, and DynamoDB's client keeps
 * a whole item beside its refusal.
 */
function describeError({ name, message, stack = "" }: Error) {
  const frames = stack.split("\n").filter((line) => /^ +at /.test(line));
  return {
    name,
    message: message.replace(/["'`].*["'`]/s, "…"),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
