import { Stack } from "aws-cdk-lib";
import { CfnApi, CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnPermission, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { routes } from "../../lambdas/routes.ts";
import { fallback } from "./functions.ts";
import { openApi } from "./openapi.ts";

/** A line of the access log. The path and never the query: tokens of consoles stand in queries. */
const accessLog = {
  requestId: "$context.requestId",
  functionRequestId: "$context.integration.requestId",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  path: "$context.path",
  route: "$context.routeKey",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  functionMilliseconds: "$context.integrationLatency",
  error: "$context.integrationErrorMessage",
} as const;

/** Requests a second, and at once: one stage cannot use up what the account's others share. */
const throttle = { throttlingRateLimit: 500, throttlingBurstLimit: 1_000 };

interface ApiProps {
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly logs: { readonly logGroupArn: string };
}

/** The HTTP API: every route of the register to its function, and all else to the fallback. */
export class Api extends Construct {
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { functions, logs }: ApiProps) {
    super(scope, id);
    const { partition, region, account, stackName } = Stack.of(this);
    const api = new CfnApi(this, "Resource", {
      failOnWarnings: true,
      body: openApi({
        title: stackName,
        routes,
        fallback: fallback.id,
        targets: [...functions].map(([id, { functionArn }]) => ({
          id,
          uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        })),
      }),
    });
    new CfnStage(this, "Stage", {
      apiId: api.ref,
      stageName: "$default",
      autoDeploy: true,
      defaultRouteSettings: throttle,
      accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(accessLog) },
    });
    for (const { node, functionName } of functions.values())
      new CfnPermission(this, `Calls${node.id}`, {
        action: "lambda:InvokeFunction",
        functionName,
        principal: "apigateway.amazonaws.com",
        sourceArn: `arn:${partition}:execute-api:${region}:${account}:${api.ref}/*`,
      });
    this.endpoint = api.attrApiEndpoint;
  }
}
