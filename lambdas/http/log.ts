import type { RequestSummary } from "./environment.ts";

/**
 * Log levels, each including those before it. A line per read would cost more than the read.
 * `metrics` adds CloudWatch's embedded metrics.
 */
export const logLevels = ["errors", "mutations", "all", "metrics"] as const;

export type LogLevel = (typeof logLevels)[number];

/** The level of a name; "mutations" for an unknown one. */
export const parseLogLevel = (name: string | undefined): LogLevel =>
  logLevels.find((one) => one === name) ?? "mutations";

/** Formats a request's log line; null below the level. */
export function toLogLine(summary: RequestSummary, level: LogLevel): string | null {
  if (logLevels.indexOf(level) < logLevels.indexOf(minimumLevel(summary))) return null;
  const { operation, requestId, lambdaRequestId, user, project, status, refusal, error } = summary;
  const { startedAt, endedAt } = summary;
  return JSON.stringify({
    // named as in the platform's own lines, so that one search finds both
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

/** The lowest level that logs this request. */
function minimumLevel({ method, user, status }: RequestSummary): LogLevel {
  if (status >= 500) return "errors";
  // console viewers post continuously and have no account
  const isMutation = user !== "" && method !== "GET" && method !== "HEAD";
  return status >= 400 || isMutation ? "mutations" : "all";
}

/** CloudWatch's embedded metric format: the named members become metrics. A fault is a 5xx. */
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
 * Describes an error without quoted input: `JSON.parse` quotes its text, and DynamoDB's client
 * attaches the item.
 */
function describeError({ name, message, stack = "" }: Error) {
  const frames = stack.split("\n").filter((line) => /^ +at /.test(line));
  return {
    name,
    message: message.replace(/["'`].*["'`]/s, "…"),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
