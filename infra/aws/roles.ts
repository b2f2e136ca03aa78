import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Needs } from "./functions.ts";

export interface Resources {
  readonly table: { readonly tableArn: string };
  readonly signingKey: { readonly secretArn: string };
  readonly logs: { readonly logGroupArn: string };
}

/** A role for each distinct set of needs, made when it is first asked for. */
export function rolesIn(scope: Construct, resources: Resources): (needs: Needs) => Role {
  const roles = new Map<string, Role>();
  return (needs) => {
    const name = nameOf(needs);
    const role = roles.get(name) ?? roleFor(scope, name, needs, resources);
    roles.set(name, role);
    return role;
  };
}

const nameOf = ({ actions, signs }: Needs): string =>
  `${actions.length === 0 ? "Log" : actions.join("")}${signs ? "Sign" : ""}Role`;

/**
 * Says the actions itself: CDK's grants allow more than is asked (`grantReadData` seven actions on
 * the table and its indexes), and a policy inside the role is no resource of its own.
 */
function roleFor(scope: Construct, name: string, needs: Needs, resources: Resources): Role {
  const { table, signingKey, logs } = resources;
  const allowed: readonly (readonly [resource: string, actions: readonly string[]])[] = [
    [logs.logGroupArn, ["logs:CreateLogStream", "logs:PutLogEvents"]],
    [table.tableArn, needs.actions.map((action) => `dynamodb:${action}`)],
    [signingKey.secretArn, needs.signs ? ["secretsmanager:GetSecretValue"] : []],
  ];
  const statements = allowed
    .filter(([, actions]) => actions.length > 0)
    .map(([arn, actions]) => new PolicyStatement({ actions: [...actions], resources: [arn] }));
  return new Role(scope, name, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: { needs: new PolicyDocument({ statements }) },
  });
}
