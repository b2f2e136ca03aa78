import { App, Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ComputeApi, stageNamed } from "../../infra/aws/index.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { readTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

function createOtherApp() {
  const app = new App({ outdir: `${bundles.folder}/foreign` });
  const stack = new Stack(app, "Pipeline-Test", {
    env: { account: "111122223333", region: "eu-north-1" },
  });
  return { app, stack, props: { dist: bundles.dist } };
}

test("two clouds fit in one stack of another app, and share nothing", () => {
  const { stack, props } = createOtherApp();
  const topic = new Topic(stack, "Oncall", { enforceSSL: true });
  const one = new ComputeApi(stack, "One", { ...props, packaging: "single" });
  const other = new ComputeApi(stack, "Other", {
    ...props,
    packaging: "single",
    stage: { ...stageNamed("prod"), backups: false },
    alarmTopic: topic,
  });

  const { ofType, roles, statements } = readTemplate(stack);
  const logs = [...ofType("AWS::Logs::LogGroup").values()].map(({ LogGroupName }) => LogGroupName);
  const reached = roles.map((role) => JSON.stringify(statements(role)));

  expect(logs).toEqual([`/aws/vendedlogs/${one.name}`, `/aws/vendedlogs/${other.name}`]);
  expect(one.name).not.toBe(other.name);
  expect(ofType("AWS::DynamoDB::Table").size).toBe(2);
  expect(ofType("AWS::ApiGatewayV2::Api").size).toBe(2);
  for (const alarm of ofType("AWS::CloudWatch::Alarm").values())
    expect(alarm["AlarmActions"]).toEqual([
      { Ref: stack.getLogicalId(topic.node.defaultChild as never) },
    ]);
  for (const text of reached) expect(/"One\w+/.test(text) && /"Other\w+/.test(text)).toBe(false);
});

test("the construct exposes what an app needs", () => {
  const { stack, props } = createOtherApp();
  const cloud = new ComputeApi(stack, "Cloud", { ...props, packaging: "single" });

  expect(cloud.name).toMatch(/^PipelineTest-Cloud-[0-9A-F]{8}$/);
  expect(stack.resolve(cloud.endpoint)).toEqual({
    "Fn::GetAtt": [expect.stringMatching(/^CloudApi/), "ApiEndpoint"],
  });
  expect(stack.resolve(cloud.table.tableName)).toEqual({
    Ref: expect.stringMatching(/^CloudTable/),
  });
});
