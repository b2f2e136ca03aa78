import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/aws/stages.ts";
import { schema } from "../../lambdas/store/schema.ts";
import { type Bundled, bundled } from "../support/bundles.ts";
import { entries } from "../support/register.ts";
import { appOf, type Synthesized, templateOf } from "../support/template.ts";

let bundles: Bundled;
let dev: Synthesized;
let prod: Synthesized;
beforeAll(async () => {
  bundles = await bundled();
  dev = templateOf("dev", bundles);
  prod = templateOf("prod", bundles);
}, 60_000);
afterAll(() => bundles.remove());

describe("functions", () => {
  test("there is one for every entry of the register, the fallback, and no other", () => {
    const handlers = [...dev.functions.values()].map(({ Handler }) => Handler);

    expect(handlers.toSorted()).toEqual(
      [...entries.map(({ id }) => `${id}.handler`), "fallback.handler"].toSorted(),
    );
  });

  test("they are alike: Node 24 on arm64, 512 MB, 10 s, JSON logs, one asset, one log", () => {
    const [log] = dev.ofType("AWS::Logs::LogGroup").keys();
    const alike = {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      MemorySize: 512,
      Timeout: 10,
      LoggingConfig: { LogFormat: "JSON", LogGroup: { Ref: log } },
    };
    const assets = [...dev.functions.values()].map(({ Code }) => JSON.stringify(Code));

    dev.template.allResourcesProperties("AWS::Lambda::Function", alike);
    expect(new Set(assets).size).toBe(1);
    expect(dev.ofType("AWS::Logs::LogGroup").size).toBe(1);
  });

  test("each knows the table, the public keys and where consoles are; who signs, the secret too", () => {
    for (const { Handler, Environment } of dev.functions.values()) {
      const { SIGNING_KEY, ...others } = Environment.Variables;
      expect(Object.keys(others)).toEqual(["TABLE", "TOKEN_KEYS", ...consoles]);
      expect([Handler, SIGNING_KEY !== undefined]).toEqual([Handler, signers.includes(Handler)]);
    }
  });
});

const consoles = [
  "CONSOLES",
  "NOVNCPROXY_BASE_URL",
  "XVPVNCPROXY_BASE_URL",
  "SERIAL_BASE_URL",
  "CONSOLE_TOKEN_TTL",
  "CONSOLE_FRAME_ANCESTORS",
];

const signers = entries
  .filter(({ operations }) => operations.some(({ signs }) => signs))
  .map(({ id }) => `${id}.handler`);

describe("the table", () => {
  test("has the keys and the expiry of the schema, is on demand and has no index", () => {
    const { Properties: table } = dev.only("AWS::DynamoDB::Table");

    expect(table).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: schema.partition, KeyType: "HASH" },
        { AttributeName: schema.sort, KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: schema.expiry, Enabled: true },
    });
    expect(table).not.toHaveProperty("GlobalSecondaryIndexes");
  });
});

describe("stages", () => {
  const passing = { removal: "Delete", kept: false, backups: false, encryption: undefined };

  test.each([
    ["dev", { ...passing, logDays: 7 }],
    ["pr-7", { ...passing, logDays: 7 }],
    ["staging", { ...passing, backups: true, encryption: { SSEEnabled: true }, logDays: 30 }],
    [
      "prod",
      {
        removal: "Retain",
        kept: true,
        backups: true,
        encryption: { SSEEnabled: true },
        logDays: 90,
      },
    ],
  ])("%s keeps what it is for", (name, expected) => {
    const { only } = templateOf(name, bundles);
    const table = only("AWS::DynamoDB::Table");
    const log = only("AWS::Logs::LogGroup");
    const key = only("AWS::SecretsManager::Secret");
    const { PointInTimeRecoverySpecification: recovery } = table.Properties;

    expect({
      removal: table.DeletionPolicy,
      kept: table.Properties["DeletionProtectionEnabled"],
      backups: (recovery as { PointInTimeRecoveryEnabled: boolean }).PointInTimeRecoveryEnabled,
      encryption: table.Properties["SSESpecification"],
      logDays: log.Properties["RetentionInDays"],
    }).toEqual(expected);
    expect([key.DeletionPolicy, log.DeletionPolicy]).toEqual([expected.removal, expected.removal]);
    expect(log.Properties["LogGroupName"]).toBe(`/aws/vendedlogs/Novaless-${name}`);
  });

  test("a stage nobody knows is refused, lest it be taken for one that keeps nothing", () => {
    expect(() => stageNamed("production")).toThrow(/No stage production/);
  });
});

describe("roles", () => {
  /** What authentication asks for: revocations are queried; for HTTP Basic a user is got by name. */
  const authentication = ["GetItem", "Query"];

  test.each(entries.map((entry) => [entry.id, entry] as const))(
    "%s may ask of DynamoDB what its operations declare, and no more",
    async (id, { operations, target, service }) => {
      const beside = Object.values(("beside" in target && target.beside) || {});
      const spelt = await Promise.all(beside.flatMap((load) => (load ? [load()] : [])));
      const needed = [...operations, ...spelt].flatMap(({ access, calls }) => [
        ...calls,
        ...(access === "public" ? [] : authentication.slice(service === "compute" ? 0 : 1)),
      ]);

      expect(dev.allowed(`${id}.handler`, "dynamodb")).toEqual(
        [...new Set(needed)].map((action) => `dynamodb:${action}`).toSorted(),
      );
    },
  );

  test("some, spelt out", () => {
    const actions = (id: string) => dev.allowed(`${id}.handler`, "dynamodb");

    expect(actions("versions/list-versions")).toEqual([]);
    expect(actions("consoles/open-console")).toEqual(["dynamodb:GetItem"]);
    expect(actions("servers/show-server")).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
    expect(actions("servers/create-server")).not.toContain("dynamodb:Scan");
    expect(actions("servers/list-servers")).not.toContain("dynamodb:UpdateItem");
  });

  test("the fallback may ask what any operation with a function of its own may", () => {
    const own = entries.filter(({ target }) => !("operations" in target));
    const every = own.flatMap(({ operations }) => operations.flatMap(({ calls }) => calls));

    expect(dev.allowed("fallback.handler", "dynamodb")).toEqual(
      [...new Set([...every, ...authentication])].map((action) => `dynamodb:${action}`).toSorted(),
    );
  });

  test("who signs may read the key, and nobody else, the fallback least of all", () => {
    const readers = [...dev.functions.values()]
      .map(({ Handler }) => Handler)
      .filter((handler) => dev.allowed(handler, "secretsmanager").length > 0);

    expect(signers.length).toBeGreaterThan(0);
    expect(readers.toSorted()).toEqual(signers.toSorted());
    for (const handler of signers)
      expect(dev.allowed(handler, "secretsmanager")).toEqual(["secretsmanager:GetSecretValue"]);
  });

  test("no statement has a wildcard: each is about the table, the key or the log", () => {
    const [[table] = [], [key] = [], [log] = []] = [
      "AWS::DynamoDB::Table",
      "AWS::SecretsManager::Secret",
      "AWS::Logs::LogGroup",
    ].map((type) => [...dev.ofType(type).keys()]);
    const owned = {
      dynamodb: { "Fn::GetAtt": [table, "Arn"] },
      secretsmanager: { Ref: key },
      logs: { "Fn::GetAtt": [log, "Arn"] },
    };
    const statements = dev.roles.flatMap(dev.statements);

    expect(statements.length).toBeGreaterThan(dev.roles.length);
    for (const { Effect, Action, Resource } of statements) {
      const services = new Set(Action.map((action) => action.split(":")[0]));
      expect([Effect, ...services]).toHaveLength(2);
      expect(JSON.stringify(Action)).not.toContain("*");
      expect(Object.values(owned)).toContainEqual(Resource);
      expect(owned).toMatchObject(Object.fromEntries([...services].map((one) => [one, Resource])));
    }
    expect(dev.roles.filter(({ ManagedPolicyArns }) => ManagedPolicyArns)).toEqual([]);
    expect([...dev.ofType("AWS::IAM::Policy")]).toEqual([]);
  });

  test("functions that need the same share a role", () => {
    const policies = dev.roles.map((role) => JSON.stringify(dev.statements(role)));

    expect(new Set(policies).size).toBe(policies.length);
  });
});

test("the public keys are a parameter that refuses a private one", () => {
  const [parameter] = Object.values(dev.template.findParameters("TokenKeys"));
  const pattern = new RegExp(parameter?.["AllowedPattern"]);
  const key = { kty: "OKP", crv: "Ed25519", x: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA" };

  expect(parameter?.["Default"]).toBe("[]");
  expect(JSON.stringify([key, key])).toMatch(pattern);
  expect(JSON.stringify([{ ...key, d: key.x }])).not.toMatch(pattern);
  expect(JSON.stringify(key)).not.toMatch(pattern);
});

test("where consoles are is a parameter that takes addresses, or nothing", () => {
  for (const id of ["Consoles", "NovncproxyBaseUrl", "XvpvncproxyBaseUrl", "SerialBaseUrl"]) {
    const [parameter] = Object.values(dev.template.findParameters(id));
    const pattern = new RegExp(parameter?.["AllowedPattern"]);
    expect(parameter?.["Default"]).toBe("");
    for (const good of ["", "https://host", "wss://host:6083/", "http://host/vnc.html?a=b"])
      expect(good).toMatch(pattern);
    for (const bad of ["host", "ftp://host", "https://", " https://host"])
      expect(bad).not.toMatch(pattern);
  }
});

test.each([
  ["dev", () => dev],
  ["prod", () => prod],
])("%s is well below what CloudFormation takes", (_, synthesized) => {
  expect(synthesized().size).toBeLessThan(200);
  expect(JSON.stringify(synthesized().template.toJSON()).length).toBeLessThan(500_000);
});

describe("cdk-nag", () => {
  test.each(["dev", "staging", "prod"])("finds nothing in %s", (name) => {
    const { app } = appOf(name, bundles);

    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test("stops a synthesis that it finds something in", () => {
    const { app, stack } = appOf("dev", bundles);
    new Bucket(stack, "Open");

    expect(() => app.synth()).toThrow();
  });
});
