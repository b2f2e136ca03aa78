import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Metrics } from "./metrics.ts";
import type { Stage } from "./stages.ts";

const graphWidget = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []) =>
  new GraphWidget({ title, left: [...left], right: [...right], width: 12 });

/** Metrics from the functions' log lines per operation, on stages that log them. */
const operationGraph = (title: string, metric: string, statistic: string) =>
  graphWidget(title, [
    new MathExpression({
      label: "",
      expression: `SEARCH('{Novaless,operation} MetricName="${metric}"', '${statistic}')`,
      usingMetrics: {},
      period: Duration.minutes(5),
    }),
  ]);

/** The cloud's metrics on one page. */
export function createDashboard(
  scope: Construct,
  { name, stage, metrics }: { name: string; stage: Stage; metrics: Metrics },
): Dashboard {
  const { requests, refused, failed, throttled, latency, reads, writes } = metrics;
  return new Dashboard(scope, "Dashboard", {
    dashboardName: name,
    widgets: [
      [
        graphWidget("Requests", [requests], [refused, failed, throttled]),
        graphWidget("Milliseconds", [latency("p50"), latency("p99")]),
      ],
      [
        graphWidget("DynamoDB", [reads, writes], [metrics.tableThrottled, metrics.tableFailed]),
        graphWidget("Cost", [metrics.dollarsADay]),
      ],
      ...(stage.logs === "metrics"
        ? [
            [
              operationGraph("Requests by operation", "Requests", "Sum"),
              operationGraph("Faults by operation", "Faults", "Sum"),
            ],
            [operationGraph("p99 by operation", "Milliseconds", "p99")],
          ]
        : []),
    ],
  });
}
