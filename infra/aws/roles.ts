import { Validations } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Permissions } from "./function-permissions.ts";

export interface GrantedResources {
  readonly table: { readonly tableArn: string };
  readonly signingKey: { readonly secretArn: string };
  readonly logs: { readonly logGroupArn: string };
  /** Functions send traces to X-Ray. */
  readonly tracing: boolean;
}

/** Actions allowed on a resource. */
export type Grant = readonly [resource: string, actions: readonly string[]];

/** Returns the role for a set of permissions; creates it on first use. */
export function roleFactory(
  scope: Construct,
  resources: GrantedResources,
): (needs: Permissions) => Role {
  const roles = new Map<string, Role>();
  return (needs) => {
    const name = roleName(needs);
    const role = roles.get(name) ?? createRole(scope, name, grantsFor(needs, resources), resources);
    roles.set(name, role);
    return role;
  };
}

const roleName = ({ actions, signsTokens }: Permissions): string =>
  `${actions.length === 0 ? "Log" : actions.join("")}${signsTokens ? "Sign" : ""}Role`;

const grantsFor = (
  { actions, signsTokens }: Permissions,
  { table, signingKey }: GrantedResources,
): Grant[] => [
  [table.tableArn, actions.map((action) => `dynamodb:${action}`)],
  [signingKey.secretArn, signsTokens ? ["secretsmanager:GetSecretValue"] : []],
];

/**
 * A function's role, with permission to write its log. Actions are explicit: CDK's grants allow
 * more (`grantReadData` allows seven actions on the table and its indexes). An inline policy is no
 * resource of its own.
 */
export function createRole(
  scope: Construct,
  name: string,
  grants: readonly Grant[],
  { logs, tracing }: Pick<GrantedResources, "logs" | "tracing">,
): Role {
  const log: Grant = [logs.logGroupArn, ["logs:CreateLogStream", "logs:PutLogEvents"]];
  const traces: Grant = ["*", tracing ? traceActions : []];
  const statements = [log, ...grants, traces]
    .filter(([, actions]) => actions.length > 0)
    .map(([arn, actions]) => new PolicyStatement({ actions: [...actions], resources: [arn] }));
  const role = new Role(scope, name, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: { needs: new PolicyDocument({ statements }) },
  });
  if (tracing)
    for (const id of ["AwsSolutions-IAM5[Resource::*]", "Serverless-LambdaStarPermissions"])
      Validations.of(role).acknowledge({
        id,
        reason: "X-Ray has no resources that sending a trace could be limited to.",
      });
  return role;
}

const traceActions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
