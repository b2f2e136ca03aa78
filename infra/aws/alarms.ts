import { Alarm, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Metrics } from "./metrics.ts";

interface AlarmsProps {
  readonly metrics: Metrics;
  /** Notified when an alarm starts and when it ends. */
  readonly topic: ITopic | undefined;
}

interface AlarmRule {
  readonly metric: IMetric;
  /** The threshold in five minutes. */
  readonly threshold: number;
  /** Consecutive periods over the threshold. */
  readonly evaluationPeriods: number;
  readonly description: string;
}

/** Costs $0.10 a month per metric. Missing data is no alarm. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { metrics, topic }: AlarmsProps) {
    super(scope, id);
    const watched: Readonly<Record<string, AlarmRule>> = {
      Failing: {
        metric: metrics.failed,
        threshold: 5,
        evaluationPeriods: 2,
        description:
          "Requests are answered with 5xx: a bug, no room for more Lambdas, or DynamoDB is away.",
      },
      Slow: {
        metric: metrics.latency("p99"),
        threshold: 2_000,
        evaluationPeriods: 3,
        description: "One request in a hundred takes longer than two seconds.",
      },
      Throttled: {
        metric: metrics.throttled,
        threshold: 100,
        evaluationPeriods: 2,
        description:
          "Requests are refused with 429: more is asked for than the stage's throttles let through.",
      },
      TableThrottled: {
        metric: metrics.tableThrottled,
        threshold: 1,
        evaluationPeriods: 2,
        description:
          "DynamoDB refuses requests that are too many for a partition, or for the account.",
      },
      TableFailing: {
        metric: metrics.tableFailed,
        threshold: 5,
        evaluationPeriods: 2,
        description: "DynamoDB answers with errors of its own.",
      },
    };
    for (const [
      name,
      { metric, threshold: from, evaluationPeriods: during, description: says },
    ] of Object.entries(watched)) {
      const alarm = new Alarm(this, name, {
        metric,
        threshold: from,
        evaluationPeriods: during,
        alarmDescription: says,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (!topic) continue;
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }
}
