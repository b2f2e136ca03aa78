import type { Answered } from "./environment.ts";

/**
 * What a function writes about its requests, each with all before it: a line of every read would cost
 * more than the read (facts/costs.md §8). `metrics` is all of them as CloudWatch's embedded metrics.
 */
export const logs = ["errors", "mutations", "all", "metrics"] as const;

export type Logs = (typeof logs)[number];

/** By the name that the stack gives; who names nothing, or nothing known, has the mutations. */
export const logsNamed = (name: string | undefined): Logs =>
  logs.find((one) => one === name) ?? "mutations";

/** The line about a request, or null where there is to be none. */
export function lineOf(answered: Answered, asked: Logs): string | null {
  if (logs.indexOf(asked) < logs.indexOf(leastFor(answered))) return null;
  const { operation, requestId, invocation, user, project, status, refusal, error } = answered;
  const { began, ended } = answered;
  return JSON.stringify({
    // these three as in the platform's own lines, so that one search finds both
    timestamp: new Date(ended).toISOString(),
    level: status >= 500 ? "ERROR" : "INFO",
    requestId: invocation,
    request: requestId,
    operation,
    ...(user !== "" && { user }),
    ...(project !== "" && { project }),
    status,
    ...(refusal !== null && { fault: refusal }),
    ...(status >= 500 && error instanceof Error && { error: described(error) }),
    ...(asked === "metrics" ? metrics(answered) : { milliseconds: ended - began }),
  });
}

/** The least that is asked for by those who are to read of it. */
function leastFor({ method, user, status }: Answered): Logs {
  if (status >= 500) return "errors";
  // viewers of consoles, whom nobody knows, post all the time
  const changes = user !== "" && method !== "GET" && method !== "HEAD";
  return status >= 400 || changes ? "mutations" : "all";
}

/**
 * The embedded metric format (docs.aws.amazon.com/AmazonCloudWatch, "Embedded metric format
 * specification"): the members that it names are taken for metrics. A fault is what is ours: 5xx.
 */
const metrics = ({ status, began, ended }: Answered) => ({
  Requests: 1,
  Faults: status >= 500 ? 1 : 0,
  Milliseconds: ended - began,
  _aws: {
    Timestamp: ended,
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
function described({ name, message, stack = "" }: Error) {
  const frames = stack.split("\n").filter((line) => /^ +at /.test(line));
  return {
    name,
    message: message.replace(/["'`].*["'`]/s, "…"),
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
