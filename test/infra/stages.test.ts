import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/aws/stages.ts";
import { logLevels } from "../../lambdas/http/log.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { createStageApp, stageTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

const shortLived = {
  removal: "Delete",
  kept: false,
  backups: false,
  encryption: undefined,
  logDays: 7,
  rate: 100,
  tokens: 10,
  alarms: 0,
  dashboards: 0,
};
const withBackups = { backups: true, encryption: { SSEEnabled: true } };

test.each([
  ["dev", shortLived],
  ["pr-7", shortLived],
  ["staging", { ...shortLived, ...withBackups, logDays: 30, rate: 200, tokens: 20 }],
  [
    "prod",
    {
      ...withBackups,
      removal: "Retain",
      kept: true,
      logDays: 90,
      rate: 500,
      tokens: 50,
      alarms: 5,
      dashboards: 1,
    },
  ],
])("%s equals its row in the table", (name, expected) => {
  const { only, ofType, all } = stageTemplate(name, bundles);
  const table = only("AWS::DynamoDB::Table");
  const log = only("AWS::Logs::LogGroup");
  const { PointInTimeRecoverySpecification: recovery } = table.Properties;
  const { DefaultRouteSettings: everything, RouteSettings: routes } = only(
    "AWS::ApiGatewayV2::Stage",
  ).Properties as {
    DefaultRouteSettings: { ThrottlingRateLimit: number };
    RouteSettings: Record<string, { ThrottlingRateLimit: number }>;
  };

  expect({
    removal: table.DeletionPolicy,
    kept: table.Properties["DeletionProtectionEnabled"],
    backups: (recovery as { PointInTimeRecoveryEnabled: boolean }).PointInTimeRecoveryEnabled,
    encryption: table.Properties["SSESpecification"],
    logDays: log.Properties["RetentionInDays"],
    rate: everything.ThrottlingRateLimit,
    tokens: routes["POST /identity/v3/auth/tokens"]?.ThrottlingRateLimit,
    alarms: ofType("AWS::CloudWatch::Alarm").size,
    dashboards: ofType("AWS::CloudWatch::Dashboard").size,
  }).toEqual(expected);
  expect(log.Properties["LogGroupName"]).toBe(`/aws/vendedlogs/Novaless-${name}`);
  // Resources with data are kept or deleted by stage; nothing else is kept.
  const data = ["DynamoDB::Table", "Logs::LogGroup", "SecretsManager::Secret"];
  for (const { Type, DeletionPolicy = "Delete" } of Object.values(all))
    expect([Type, DeletionPolicy]).toEqual([
      Type,
      data.some((one) => Type === `AWS::${one}`) ? expected.removal : "Delete",
    ]);
});

test("no role can create a log group, so none reappears after its stack", () => {
  const { roles, statements } = stageTemplate("pr-8", bundles);

  expect(roles.flatMap(statements).flatMap(({ Action }) => Action)).not.toContain(
    "logs:CreateLogGroup",
  );
});

test("an unknown stage is refused, because it might delete data", () => {
  for (const name of ["production", "pr-", "pr-x", "", "toString"])
    expect(() => stageNamed(name)).toThrow(/Unknown stage/);
});

test("the log level of a stage is one that functions know", () => {
  for (const name of ["dev", "pr-7", "staging", "prod"])
    expect(logLevels).toContain(stageNamed(name).logs);
});

test("no account and no region is fixed", () => {
  const { stack } = createStageApp("prod", bundles);

  expect([stack.account, stack.region].join()).toMatch(/^\$\{Token.*\},\$\{Token.*\}$/);
});

describe("settings", () => {
  test("a custom domain, another for consoles, in an optional hosted zone", () => {
    const { ofType, functions, template } = stageTemplate("dev", bundles, {
      domain: "compute.example.org",
      consoles: "consoles.example.org",
      certificate: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
      zone: "Z1",
    });
    const [api] = ofType("AWS::ApiGatewayV2::Api").keys();
    const names = [...ofType("AWS::ApiGatewayV2::DomainName").values()];

    expect(names.map(({ DomainName }) => DomainName)).toEqual([
      "compute.example.org",
      "consoles.example.org",
    ]);
    expect(names[0]?.["DomainNameConfigurations"]).toMatchObject([{ SecurityPolicy: "TLS_1_2" }]);
    for (const { ApiId, Stage } of ofType("AWS::ApiGatewayV2::ApiMapping").values())
      expect([ApiId, Stage]).toEqual([{ Ref: api }, "$default"]);
    expect(ofType("AWS::Route53::RecordSet").size).toBe(2);
    for (const { Environment } of functions.values())
      expect(Environment.Variables["CONSOLES"]).toBe("https://consoles.example.org:443");
    template.hasOutput("Endpoint", { Value: "https://compute.example.org" });
  });

  test("a domain without a zone outputs the target of its DNS record", () => {
    const { ofType, template } = stageTemplate("dev", bundles, {
      domain: "compute.example.org",
      certificate: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
    });

    expect(ofType("AWS::Route53::RecordSet").size).toBe(0);
    template.hasOutput("DomainTargets", {});
  });

  test("a domain without a certificate and an unknown packaging are refused", () => {
    expect(() => createStageApp("dev", bundles, { domain: "a.example" })).toThrow(/certificate/);
    expect(() => createStageApp("dev", bundles, { packaging: "dual" })).toThrow(
      /Unknown packaging "dual"/,
    );
  });

  test("traces come with the permission to send them", () => {
    const { lambdas, roles, statements } = stageTemplate("dev", bundles, { tracing: "true" });

    for (const one of lambdas.values())
      expect(one).toMatchObject({ TracingConfig: { Mode: "Active" } });
    for (const role of roles)
      expect(statements(role)).toContainEqual({
        Effect: "Allow",
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: "*",
      });
  });

  test("a restored table replaces the stack's own, with the same permissions", () => {
    const { ofType, functions, roles, statements } = stageTemplate("staging", bundles, {
      table: "restored",
    });
    const resources = roles
      .flatMap(statements)
      .filter(({ Action }) => /^dynamodb/.test(String(Action)));

    expect(ofType("AWS::DynamoDB::Table").size).toBe(0);
    for (const { Environment } of functions.values())
      expect(Environment.Variables["TABLE"]).toBe("restored");
    for (const { Resource } of resources)
      expect(JSON.stringify(Resource)).toMatch(/:table\/restored"\]\]\}$/);
  });

  test("a stack is tagged with its expiry day", () => {
    const { tags } = createStageApp("pr-7", bundles, { expires: "2026-12-31" }).stack;

    expect(tags.tagValues()).toMatchObject({ "novaless:expires": "2026-12-31" });
  });

  test("the console origin and lifetime are set like Nova's, and an invalid URL is refused", () => {
    const { functions } = stageTemplate("dev", bundles, {
      "novncproxy-base-url": "https://host/vnc.html?a=b",
      "serial-base-url": "wss://host:6083/",
      "console-token-ttl": "60",
    });
    const refused = { "console-token-ttl": "a while", "console-origin": "ftp://host" };

    for (const { Environment } of functions.values())
      expect(Environment.Variables).toMatchObject({
        NOVNCPROXY_BASE_URL: "https://host/vnc.html?a=b",
        SERIAL_BASE_URL: "wss://host:6083/",
        CONSOLE_TOKEN_TTL: "60",
      });
    for (const [name, value] of Object.entries(refused))
      expect(() => createStageApp("dev", bundles, { [name]: value })).toThrow(/must be/);
  });

  test("another key name requests another key", () => {
    const rotation = (context: Readonly<Record<string, string>>) =>
      stageTemplate("dev", bundles, context).only("Custom::TokenKeys").Properties["Rotation"];

    expect([rotation({}), rotation({ rotate: "2027-01" })]).toEqual(["first", "2027-01"]);
  });
});

describe("outputs", () => {
  const outputs = () => stageTemplate("dev", bundles).template.toJSON()["Outputs"];

  test("contain a client's environment to evaluate, without the password", () => {
    const { Environment } = outputs() as { Environment: { Value: object } };
    const text = JSON.stringify(Environment.Value);

    for (const name of ["AUTH_URL", "USERNAME", "PASSWORD", "PROJECT_NAME", "REGION_NAME"])
      expect(text).toContain(`export OS_${name}=`);
    expect(text).toContain("aws secretsmanager get-secret-value");
    expect(text).not.toContain("resolve:secretsmanager");
  });

  test("name what an operator needs", () => {
    expect(Object.keys(outputs())).toEqual([
      "Endpoint",
      "Environment",
      "TableName",
      "SigningKeySecret",
      "AdministratorPasswordSecret",
    ]);
  });
});
