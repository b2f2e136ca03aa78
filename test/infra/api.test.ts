import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenApiMethod } from "../../infra/aws/openapi.ts";
import { routes } from "../../lambdas/functions.ts";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { type StageTemplate, stageTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
let dev: StageTemplate;
beforeAll(async () => {
  bundles = await bundleFunctions();
  dev = stageTemplate("dev", bundles);
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

interface DeployedRoute {
  readonly key: string;
  readonly handler: string;
}

function deployedRoutes(of: StageTemplate = dev): DeployedRoute[] {
  const { paths, components } = of.body;
  const integrations = components["x-amazon-apigateway-integrations"] as Readonly<
    Record<string, { readonly uri: object }>
  >;
  const handlerOf = (pointer: string) => {
    const integration = integrations[pointer.split("/").at(-1) ?? ""];
    const [, id = ""] = /"Fn::GetAtt":\["(\w+)","Arn"\]/.exec(JSON.stringify(integration)) ?? [];
    return of.functions.get(id)?.Handler ?? `nothing at ${pointer}`;
  };
  return Object.entries(paths).flatMap(([path, { parameters: _, ...methods }]) =>
    Object.entries(methods as Readonly<Record<string, OpenApiMethod>>).map(
      ([method, { "x-amazon-apigateway-integration": to }]) => ({
        key: path === "/$default" ? "$default" : `${toHttpMethod(method)} ${path}`,
        handler: handlerOf(to.$ref),
      }),
    ),
  );
}

const toHttpMethod = (method: string) =>
  method === "x-amazon-apigateway-any-method" ? "ANY" : method.toUpperCase();

const sortByKey = (all: readonly DeployedRoute[]) =>
  all.toSorted((one, other) => (one.key < other.key ? -1 : 1));

describe("routes", () => {
  test("deployed routes equal the local gateway's, and all else goes to the fallback", () => {
    const served = routes.map(({ key, entry }) => ({ key, handler: `${entry.id}.handler` }));

    expect(sortByKey(deployedRoutes())).toEqual(
      sortByKey([...served, { key: "$default", handler: "fallback.handler" }]),
    );
  });

  test("$default is the default route of every method", () => {
    expect(dev.body.paths["/$default"]).toMatchObject({
      "x-amazon-apigateway-any-method": { isDefaultRoute: true },
    });
  });

  test("there are fewer than the 300 that an HTTP API allows", () => {
    expect(deployedRoutes().length).toBeLessThan(300);
  });

  test("no two differ only in the names of their parameters", () => {
    const shapes = deployedRoutes().map(({ key }) => key.replace(/\{\w+\}/g, "{}"));

    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe("the import, which fails on warnings", () => {
  test("declares every parameter of a path", () => {
    for (const [path, { parameters = [] }] of Object.entries(dev.body.paths))
      expect([path, ...parameters.map(({ name }) => `{${name}}`)]).toEqual([
        path,
        ...(path.match(/\{\w+\+?\}/g) ?? []).map((name) => name.replace("+", "")),
      ]);
  });

  test("has no operation ids", () => {
    expect(JSON.stringify(dev.body)).not.toContain("operationId");
  });

  test("is OpenAPI 3.0 and fails on warnings", () => {
    expect(dev.only("AWS::ApiGatewayV2::Api").Properties).toMatchObject({
      FailOnWarnings: true,
      Body: { openapi: "3.0.1", info: { title: "Novaless-dev" } },
    });
  });

  test("contains each function once, with events of version 2.0", () => {
    const integrations = Object.values(dev.body.components["x-amazon-apigateway-integrations"]);

    expect(integrations).toHaveLength(dev.functions.size);
    for (const integration of integrations)
      expect(integration).toMatchObject({ type: "AWS_PROXY", payloadFormatVersion: "2.0" });
  });
});

const stageOf = (of: StageTemplate) => of.only("AWS::ApiGatewayV2::Stage").Properties;

describe("the stage", () => {
  const stage = () => stageOf(dev);

  test("logs the route of a request without its path and query, which can contain tokens", () => {
    const { Format } = stage()["AccessLogSettings"] as { Format: string };
    const line = JSON.parse(Format) as Record<string, string>;

    expect(line["route"]).toBe("$context.routeKey");
    expect(Format).not.toMatch(/query|path|authorizer|header/i);
    for (const variable of Object.values(line)) expect(variable).toMatch(/^\$context(\.\w+)+$/);
  });

  test("has no prefix, and every route is throttled", () => {
    expect(stage()).toMatchObject({
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
  });

  test("throttles login and console routes more, by existing routes", () => {
    const settings = stage()["RouteSettings"] as Readonly<Record<string, object>>;
    const keys = deployedRoutes().map(({ key }) => key);

    expect(Object.keys(settings).filter((key) => !keys.includes(key))).toEqual([]);
    expect(settings).toMatchObject({
      "POST /identity/v3/auth/tokens": { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 50 },
      "POST /identity/v2.0/tokens": { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 50 },
      "GET /console": { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      "POST /console/exchange": { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
    expect(keys.filter((key) => /tokens$/.test(key) && key.startsWith("POST"))).toEqual(
      expect.arrayContaining(Object.keys(settings).filter((key) => key.endsWith("tokens"))),
    );
  });
});

test("the API allows no cross-origin requests, because the console page has the same origin", () => {
  expect(JSON.stringify(dev.template.toJSON())).not.toMatch(/cors/i);
});

describe("the single packaging", () => {
  let single: StageTemplate;
  beforeAll(() => {
    single = stageTemplate("dev", bundles, { packaging: "single" });
  }, 60_000);

  test("has the same routes and throttles, all to one function", () => {
    const paths = (of: StageTemplate) =>
      Object.entries(of.body.paths).map(([path, item]) => [path, Object.keys(item)]);

    expect([...single.functions.values()].map(({ Handler }) => Handler)).toEqual([
      "single.handler",
    ]);
    expect(paths(single)).toEqual(paths(dev));
    expect(stageOf(single)["RouteSettings"]).toEqual(stageOf(dev)["RouteSettings"]);
    expect(new Set(deployedRoutes(single).map(({ handler }) => handler))).toEqual(
      new Set(["single.handler"]),
    );
  });

  test("has all functions' permissions, and so it signs", () => {
    const every = [...dev.functions.values()].flatMap(({ Handler }) =>
      ["dynamodb", "secretsmanager"].flatMap((service) => dev.allowed(Handler, service)),
    );
    const own = ["dynamodb", "secretsmanager"].flatMap((service) =>
      single.allowed("single.handler", service),
    );

    expect(own.toSorted()).toEqual([...new Set(every)].toSorted());
    expect([...single.functions.values()][0]?.Environment.Variables).toHaveProperty("SIGNING_KEY");
  });

  test("has few resources, however many operations exist", () => {
    expect(single.size).toBeLessThan(20);
  });
});

test("this API may call each function, and no other API may", () => {
  const [[api] = []] = dev.ofType("AWS::ApiGatewayV2::Api");
  const permissions = [...dev.ofType("AWS::Lambda::Permission").values()];

  expect(permissions.map(({ FunctionName }) => FunctionName)).toEqual(
    [...dev.functions.keys()].map((id) => ({ Ref: id })),
  );
  for (const { Action, Principal, SourceArn } of permissions) {
    expect([Action, Principal]).toEqual(["lambda:InvokeFunction", "apigateway.amazonaws.com"]);
    expect(JSON.stringify(SourceArn)).toMatch(
      new RegExp(`:execute-api:.*\\{"Ref":"${api}"\\},"/\\*"\\]\\]\\}$`),
    );
  }
});
