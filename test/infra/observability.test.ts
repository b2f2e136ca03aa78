import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { type StageTemplate, stageTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
let prod: StageTemplate;
beforeAll(async () => {
  bundles = await bundleFunctions();
  prod = stageTemplate("prod", bundles, { "alarm-email": "operator@example.org" });
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

interface Alarm {
  readonly MetricName?: string;
  readonly Metrics?: readonly object[];
  readonly TreatMissingData: string;
  readonly AlarmActions?: readonly object[];
}

const findAlarms = () => [...prod.ofType<Alarm>("AWS::CloudWatch::Alarm")];

describe("alarms", () => {
  test("cover each failure of a cloud", () => {
    expect(findAlarms().map(([id]) => id.replace(/^CloudAlarms|[A-F0-9]{8}$/g, ""))).toEqual([
      "Failing",
      "Slow",
      "Throttled",
      "TableThrottled",
      "TableFailing",
    ]);
  });

  test("ignore missing data, and notify the operator", () => {
    const topic = { Ref: prod.idOf("AWS::SNS::Topic") };

    for (const [, { TreatMissingData, AlarmActions }] of findAlarms())
      expect([TreatMissingData, AlarmActions]).toEqual(["notBreaching", [topic]]);
    expect(prod.only("AWS::SNS::Subscription").Properties).toMatchObject({
      Protocol: "email",
      Endpoint: "operator@example.org",
    });
  });

  test("watch this cloud only", () => {
    const [api, table] = ["AWS::ApiGatewayV2::Api", "AWS::DynamoDB::Table"].map(prod.idOf);

    for (const [, alarm] of findAlarms())
      expect(JSON.stringify(alarm)).toMatch(
        new RegExp(`"Value":\\{"Ref":"(${api}|${table})"\\}|"Namespace":"Novaless/Novaless-prod"`),
      );
  });

  test("use at most ten metrics each, and topics of this account", () => {
    for (const [, { Metrics = [] }] of findAlarms()) expect(Metrics.length).toBeLessThanOrEqual(10);

    const { PolicyDocument } = prod.only("AWS::SNS::TopicPolicy").Properties as {
      PolicyDocument: { Statement: readonly { Principal: unknown; Condition: unknown }[] };
    };
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      }),
    );
  });
});

test("throttled requests are counted by access log lines", () => {
  expect(prod.only("AWS::Logs::MetricFilter").Properties).toMatchObject({
    FilterPattern: '{ ($.route = "*") && ($.status = "429") }',
    MetricTransformations: [{ MetricNamespace: "Novaless/Novaless-prod", MetricName: "Throttled" }],
  });
});

test("the dashboard shows requests, errors, latencies, throttles, units and their cost", () => {
  const text = JSON.stringify(prod.only("AWS::CloudWatch::Dashboard").Properties);

  for (const metric of ["Count", "4xx", "5xx", "Throttled", "Latency"])
    expect(text).toContain(`\\"${metric}\\"`);
  for (const metric of ["p50", "p99", "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"])
    expect(text).toContain(metric);
  expect(text).toContain(
    "(requests * 1.2 + milliseconds / 1000 * 0.5 * 13.3334 + reads * 0.125 + writes * 0.625) / 1000000",
  );
});

test("a stage without alarms and dashboard creates no metric", () => {
  const { ofType } = stageTemplate("staging", bundles);

  for (const type of ["Logs::MetricFilter", "CloudWatch::Alarm", "CloudWatch::Dashboard"])
    expect(ofType(`AWS::${type}`).size).toBe(0);
});
