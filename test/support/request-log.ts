import type { RequestSummary } from "../../lambdas/http/environment.ts";
import { type LogLevel, toLogLine } from "../../lambdas/http/log.ts";
import { startCloud, startTime } from "./cloud.ts";

export const sampleSummary: RequestSummary = {
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

export async function startWithLog(over: Parameters<typeof startCloud>[0] = {}) {
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
