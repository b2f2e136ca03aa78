import { Stack } from "aws-cdk-lib";
import { CfnApi, CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { CfnPermission, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { routes } from "../../lambdas/functions.ts";
import type { PackagingPlan } from "./function-permissions.ts";
import { openApi } from "./openapi.ts";
import type { Settings, Throttle } from "./stages.ts";

/** An access log line. It has the route and no path: paths and queries contain console tokens. */
const accessLog = {
  requestId: "$context.requestId",
  functionRequestId: "$context.integration.requestId",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  route: "$context.routeKey",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  functionMilliseconds: "$context.integrationLatency",
  error: "$context.integrationErrorMessage",
} as const;

const toRouteThrottle = ({ rate, burst }: Throttle) => ({
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
});

interface ApiProps {
  readonly name: string;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly functionFor: PackagingPlan["functionFor"];
  readonly logs: { readonly logGroupArn: string };
  readonly throttles: Settings["throttles"];
}

/**
 * The HTTP API: every route to its function, the rest to the fallback. No CORS: the console page
 * calls its own host, and no other page calls this API.
 */
export class Api extends Construct {
  readonly id: string;
  readonly endpoint: string;
  readonly stage: Construct;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { name, functions, functionFor: servedBy, logs, throttles } = props;
    const { partition, region, account } = Stack.of(this);
    const api = new CfnApi(this, "Resource", {
      failOnWarnings: true,
      body: openApi({
        title: name,
        routes: routes.map(({ key, entry }) => ({ key, functionId: servedBy(entry.id) })),
        fallback: servedBy(null),
        targets: [...functions].map(([id, { functionArn }]) => ({
          id,
          uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        })),
      }),
    });
    this.stage = new CfnStage(this, "Stage", {
      apiId: api.ref,
      stageName: "$default",
      autoDeploy: true,
      defaultRouteSettings: toRouteThrottle(throttles.everything),
      routeSettings: Object.fromEntries(
        throttledRoutes(throttles).map(([key, throttle]) => [key, toCfnRouteSettings(throttle)]),
      ),
      accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(accessLog) },
    });
    for (const { node, functionName } of functions.values())
      new CfnPermission(this, `Calls${node.id}`, {
        action: "lambda:InvokeFunction",
        functionName,
        principal: "apigateway.amazonaws.com",
        sourceArn: `arn:${partition}:execute-api:${region}:${account}:${api.ref}/*`,
      });
    this.id = api.ref;
    this.endpoint = api.attrApiEndpoint;
  }
}

/** Routes with a throttle of their own. */
const throttledRoutes = ({
  tokens,
  consoles,
}: Settings["throttles"]): (readonly [string, Throttle])[] =>
  routes.flatMap(({ key, entry }) => {
    if (entry.signsTokens) return [[key, tokens] as const];
    return / \/console(\/|$)/.test(key) ? [[key, consoles] as const] : [];
  });

/** CloudFormation's names: CDK passes this JSON through unchanged. */
const toCfnRouteSettings = ({ rate, burst }: Throttle) => ({
  ThrottlingRateLimit: rate,
  ThrottlingBurstLimit: burst,
});
