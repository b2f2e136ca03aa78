import { CustomResource, Duration, FileSystem } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { provisioningFunction } from "./function-permissions.ts";
import type { lambdaFactory } from "./lambda-factory.ts";
import { createRole, type GrantedResources } from "./roles.ts";

interface ProvisioningProps {
  readonly resources: GrantedResources & {
    readonly table: { readonly tableName: string };
    readonly administratorPassword: { readonly secretArn: string };
  };
  readonly lambda: ReturnType<typeof lambdaFactory>;
  readonly memory: number;
  /** The label of the signing key; another label creates another key. */
  readonly rotation: string;
  readonly dist: string;
}

/**
 * Creates the signing key and the first administrator inside the account; returns the public keys.
 * Each deployment of other code invokes it again, which drops retired keys.
 */
export function provisioningResource(
  scope: Construct,
  { resources, lambda, memory: memoryMb, rotation, dist }: ProvisioningProps,
): { readonly tokenKeys: string; readonly caller: LambdaFunction } {
  const { table, signingKey, administratorPassword } = resources;
  const role = createRole(
    scope,
    "ProvisioningRole",
    [
      [
        table.tableArn,
        provisioningFunction.permissions.actions.map((action) => `dynamodb:${action}`),
      ],
      [signingKey.secretArn, ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]],
      [administratorPassword.secretArn, ["secretsmanager:GetSecretValue"]],
    ],
    resources,
  );
  const provider = lambda(provisioningFunction.id, {
    role,
    memoryMb,
    timeoutSeconds: 60,
    environment: {
      TABLE: table.tableName,
      SIGNING_KEY: signingKey.secretArn,
      ADMINISTRATOR_PASSWORD: administratorPassword.secretArn,
    },
  });
  const keys = new CustomResource(scope, "TokenKeys", {
    resourceType: "Custom::TokenKeys",
    serviceToken: provider.functionArn,
    // Lambda tries three times within four minutes
    serviceTimeout: Duration.minutes(6),
    properties: {
      Rotation: rotation,
      Table: table.tableName,
      Code: FileSystem.fingerprint(dist),
    },
  });
  return { tokenKeys: keys.getAttString("TokenKeys"), caller: provider };
}
