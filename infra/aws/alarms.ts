import { Alarm, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Metrics } from "./metrics.ts";

interface AlarmsProps {
  readonly metrics: Metrics;
  /** Told when an alarm goes off, and when it is over. */
  readonly topic: ITopic | undefined;
}

interface Watched {
  readonly metric: IMetric;
  /** What is too much, in five minutes. */
  readonly from: number;
  /** How many such five minutes in a row. */
  readonly during: number;
  readonly says: string;
}

/** $0.10 a month for each metric that they watch. Where nothing is asked for there is nothing to see, and that is no alarm. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { metrics, topic }: AlarmsProps) {
    super(scope, id);
    const watched: Readonly<Record<string, Watched>> = {
      Failing: {
        metric: metrics.failed,
        from: 5,
        during: 2,
        says: "Requests are answered with 5xx: a bug, no room for more Lambdas, or DynamoDB is away.",
      },
      Slow: {
        metric: metrics.latency("p99"),
        from: 2_000,
        during: 3,
        says: "One request in a hundred takes longer than two seconds.",
      },
      Throttled: {
        metric: metrics.throttled,
        from: 100,
        during: 2,
        says: "Requests are refused with 429: more is asked for than the stage's throttles let through.",
      },
      TableThrottled: {
        metric: metrics.tableThrottled,
        from: 1,
        during: 2,
        says: "DynamoDB refuses requests that are too many for a partition, or for the account.",
      },
      TableFailing: {
        metric: metrics.tableFailed,
        from: 5,
        during: 2,
        says: "DynamoDB answers with errors of its own.",
      },
    };
    for (const [name, { metric, from, during, says }] of Object.entries(watched)) {
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
