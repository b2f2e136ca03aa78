import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { prices } from "../costs/prices.ts";
import { singleFunction } from "./function-permissions.ts";

interface MetricSources {
  /** The cloud's name. */
  readonly name: string;
  readonly apiId: string;
  readonly table: { readonly tableName: string };
  readonly logs: ILogGroup;
  /** MB of most functions. */
  readonly memoryMb: number;
}

/** Dollars per million requests; each request invokes a function. */
const millionRequestsPrice = prices.gatewayRequests.dollars + prices.lambdaRequests.dollars;

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Metrics of a cloud. They are AWS's own and free, save throttled requests, which API Gateway
 * counts as 4xx: these come from the access log.
 */
export function createMetrics(
  scope: Construct,
  { name, apiId, table, logs, memoryMb }: MetricSources,
) {
  const of = (
    namespace: string,
    dimensionsMap: Record<string, string>,
    metricName: string,
    statistic = "Sum",
  ) => new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(5) });
  const api = (metricName: string, statistic?: string) =>
    of("AWS/ApiGateway", { ApiId: apiId }, metricName, statistic);
  const data = (metricName: string) =>
    of("AWS/DynamoDB", { TableName: table.tableName }, metricName);

  const throttled = new MetricFilter(scope, "Throttled", {
    logGroup: logs,
    filterPattern: FilterPattern.all(
      FilterPattern.exists("$.route"),
      FilterPattern.stringValue("$.status", "=", "429"),
    ),
    metricNamespace: `Novaless/${name}`,
    metricName: "Throttled",
    metricValue: "1",
  }).metric({ statistic: "Sum", period: Duration.minutes(5) });

  const requests = api("Count");
  const reads = data("ConsumedReadCapacityUnits");
  const writes = data("ConsumedWriteCapacityUnits");
  const reading = data("ReadThrottleEvents");
  const writing = data("WriteThrottleEvents");
  const systemErrors = [...singleFunction.permissions.actions].map(
    (Operation): [string, IMetric] => [
      Operation.charAt(0).toLowerCase() + Operation.slice(1),
      of("AWS/DynamoDB", { TableName: table.tableName, Operation }, "SystemErrors"),
    ],
  );

  return {
    requests,
    refused: api("4xx"),
    failed: api("5xx"),
    throttled,
    latency: (statistic: string) => api("Latency", statistic),
    reads,
    writes,
    tableThrottled: new MathExpression({
      label: "throttled",
      expression: "reading + writing",
      usingMetrics: { reading, writing },
      period: Duration.minutes(5),
    }),
    tableFailed: new MathExpression({
      label: "failed",
      expression: systemErrors.map(([id]) => id).join(" + "),
      usingMetrics: Object.fromEntries(systemErrors),
      period: Duration.minutes(5),
    }),

    /** API Gateway's integration latency, which is slightly longer than the billed duration. */
    dollarsADay: new MathExpression({
      label: "$ a day, without logs and what is stored",
      expression: `(${[
        `requests * ${millionRequestsPrice}`,
        `milliseconds / 1000 * ${memoryMb / 1024} * ${prices.lambdaTime.dollars}`,
        `reads * ${prices.reads.dollars}`,
        `writes * ${prices.writes.dollars}`,
      ].join(" + ")}) / 1000000`,
      usingMetrics: { requests, milliseconds: api("IntegrationLatency"), reads, writes },
      period: Duration.days(1),
    }),
  };
}
