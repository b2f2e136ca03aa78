import { isDeepStrictEqual } from "node:util";
import { Match } from "aws-cdk-lib/assertions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provisioningFunction } from "../../infra/aws/function-permissions.ts";
import { tableSchema } from "../../lambdas/database/schema.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { functionEntries } from "../support/register.ts";
import { type FunctionProperties, type StageTemplate, stageTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
let dev: StageTemplate;
beforeAll(async () => {
  bundles = await bundleFunctions();
  dev = stageTemplate("dev", bundles);
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

describe("functions", () => {
  test("there is one for every entry of the register, the fallback, and no other", () => {
    const handlers = [...dev.functions.values()].map(({ Handler }) => Handler);

    expect(handlers.toSorted()).toEqual(
      [...functionEntries.map(({ id }) => `${id}.handler`), "fallback.handler"].toSorted(),
    );
  });

  test("are alike: Node 24 on arm64, JSON logs, one asset, one log group, no traces", () => {
    const [log] = dev.ofType("AWS::Logs::LogGroup").keys();
    const alike = {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      LoggingConfig: { LogFormat: "JSON", LogGroup: { Ref: log } },
      TracingConfig: Match.absent(),
    };
    const assets = [...dev.lambdas.values()].map(({ Code }) => JSON.stringify(Code));

    dev.template.allResourcesProperties("AWS::Lambda::Function", alike);
    expect(new Set(assets).size).toBe(1);
    expect(dev.ofType("AWS::Logs::LogGroup").size).toBe(1);
  });

  test("have 512 MB and ten seconds, and those that check passwords a whole processor", () => {
    const more = signers.map((Handler) => ({ Handler, MemorySize: 1769, Timeout: 10 }));
    const sized = ({ Handler, MemorySize, Timeout }: FunctionProperties) => ({
      Handler,
      MemorySize,
      Timeout,
    });

    const [large = [], small = []] = [true, false].map((signs) =>
      [...dev.functions.values()].filter(({ Handler }) => signers.includes(Handler) === signs),
    );
    expect(large.map(sized).toSorted(byHandler)).toEqual(more.toSorted(byHandler));
    expect(small.map(sized)).toEqual(
      small.map(({ Handler }) => ({ Handler, MemorySize: 512, Timeout: 10 })),
    );
  });

  test("know the table, the public keys and the log level; signing ones also the secret", () => {
    const [keys] = dev.ofType("Custom::TokenKeys").keys();

    for (const { Handler, Environment } of dev.functions.values()) {
      const { SIGNING_KEY, ...others } = Environment.Variables;
      expect(others).toEqual({
        TABLE: { Ref: dev.idOf("AWS::DynamoDB::Table") },
        TOKEN_KEYS: { "Fn::GetAtt": [keys, "TokenKeys"] },
        LOGS: "mutations",
      });
      expect([Handler, SIGNING_KEY]).toEqual([
        Handler,
        signers.includes(Handler) ? { Ref: dev.secret("SigningKey") } : undefined,
      ]);
    }
  });

  test("that sign are deployed last, so that all others know the new key", () => {
    const signing = [...dev.functions]
      .filter(([, { Handler }]) => signers.includes(Handler))
      .map(([id]) => id);
    const others = [...dev.functions.keys()].filter((id) => !signing.includes(id));

    expect(signing).toHaveLength(2);
    for (const id of signing)
      expect(dev.all[id]?.DependsOn).toEqual(expect.arrayContaining(others));
  });
});

const byHandler = (one: { Handler: string }, other: { Handler: string }) =>
  one.Handler < other.Handler ? -1 : 1;

const signers = functionEntries
  .filter(({ operations }) => operations.some(({ signsTokens: signs }) => signs))
  .map(({ id }) => `${id}.handler`);

describe("the table", () => {
  test("has the schema's keys and expiry, is on demand and has no index", () => {
    const { Properties: table } = dev.only("AWS::DynamoDB::Table");

    expect(table).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: tableSchema.partition, KeyType: "HASH" },
        { AttributeName: tableSchema.sort, KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: tableSchema.expiry, Enabled: true },
    });
    expect(table).not.toHaveProperty("GlobalSecondaryIndexes");
    expect(table).not.toHaveProperty("ResourcePolicy");
  });
});

describe("roles", () => {
  /** Authentication queries revocations, and gets a user for HTTP Basic. */
  const authentication = ["GetItem", "Query"];

  test.each(functionEntries.map((entry) => [entry.id, entry] as const))(
    "%s may make exactly the DynamoDB calls that its operations declare",
    (id, { operations, siblings, kind, service }) => {
      const isFlexcloud = service === "compute" && kind !== "group";
      const spelt = siblings.filter(({ signsTokens }) => !signsTokens);
      const needed = [...operations, ...spelt].flatMap(({ access, dynamoCalls }) => [
        ...dynamoCalls,
        ...(access === "public" ? [] : authentication.slice(isFlexcloud ? 0 : 1)),
      ]);

      expect(dev.allowed(`${id}.handler`, "dynamodb")).toEqual(
        [...new Set(needed)].map((action) => `dynamodb:${action}`).toSorted(),
      );
    },
  );

  test("of some functions in full", () => {
    const actions = (id: string) => dev.allowed(`${id}.handler`, "dynamodb");

    expect(actions("compute/list-versions")).toEqual([]);
    expect(actions("console/open-console")).toEqual(["dynamodb:GetItem"]);
    expect(actions("compute/show-server")).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
    expect(actions("compute/create-server")).not.toContain("dynamodb:Scan");
    expect(actions("compute/list-servers")).not.toContain("dynamodb:UpdateItem");
  });

  test("the fallback has the permissions of all operations with their own function", () => {
    const own = functionEntries.filter(({ kind }) => kind !== "group");
    const every = own.flatMap(({ operations }) =>
      operations.flatMap(({ dynamoCalls }) => dynamoCalls),
    );

    expect(dev.allowed("fallback.handler", "dynamodb")).toEqual(
      [...new Set([...every, ...authentication])].map((action) => `dynamodb:${action}`).toSorted(),
    );
  });

  test("only signing functions may read the key, and the fallback is not one", () => {
    const readers = [...dev.functions.values()]
      .map(({ Handler }) => Handler)
      .filter((handler) => dev.allowed(handler, "secretsmanager").length > 0);

    expect(signers.length).toBeGreaterThan(0);
    expect(readers.toSorted()).toEqual(signers.toSorted());
    for (const handler of signers)
      expect(dev.allowed(handler, "secretsmanager")).toEqual(["secretsmanager:GetSecretValue"]);
  });

  test("only provisioning reads the first administrator's password", () => {
    const password = { Ref: dev.secret("AdministratorPassword") };
    const about = (resource: object) =>
      dev.roles
        .flatMap(dev.statements)
        .filter(({ Resource }) => isDeepStrictEqual(Resource, resource))
        .map(({ Action }) => Action);

    expect(about(password)).toEqual([["secretsmanager:GetSecretValue"]]);
    expect(about({ Ref: dev.secret("SigningKey") })).toContainEqual([
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
    ]);
    expect(about({ Ref: dev.secret("SigningKey") })).toHaveLength(2);
    expect(dev.allowed("provisioning/provision.handler", "secretsmanager")).toEqual([
      "secretsmanager:GetSecretValue",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
    ]);
  });

  test("provisioning may make exactly the calls that it makes on the engine", () => {
    expect(dev.allowed("provisioning/provision.handler", "dynamodb")).toEqual(
      provisioningFunction.permissions.actions.map((action) => `dynamodb:${action}`),
    );
  });

  test("no statement has a wildcard: each names the table, a secret or the log", () => {
    const table = { "Fn::GetAtt": [dev.idOf("AWS::DynamoDB::Table"), "Arn"] };
    const log = { "Fn::GetAtt": [dev.idOf("AWS::Logs::LogGroup"), "Arn"] };
    const owned: Readonly<Record<string, readonly object[]>> = {
      dynamodb: [table],
      secretsmanager: [
        { Ref: dev.secret("SigningKey") },
        { Ref: dev.secret("AdministratorPassword") },
      ],
      logs: [log],
    };
    const statements = dev.roles.flatMap(dev.statements);

    expect(statements.length).toBeGreaterThan(dev.roles.length);
    for (const { Effect, Action, Resource } of statements) {
      const [service = "", ...more] = new Set(Action.map((action) => action.split(":")[0]));
      expect([Effect, more]).toEqual(["Allow", []]);
      expect(JSON.stringify(Action)).not.toContain("*");
      expect(owned[service]).toContainEqual(Resource);
    }
    expect(dev.roles.filter(({ ManagedPolicyArns }) => ManagedPolicyArns)).toEqual([]);
    expect([...dev.ofType("AWS::IAM::Policy")]).toEqual([]);
  });

  test("functions with equal permissions share a role", () => {
    const policies = dev.roles.map((role) => JSON.stringify(dev.statements(role)));

    expect(new Set(policies).size).toBe(policies.length);
  });
});
