import { Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Secret, type SecretStringGenerator } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { tableSchema } from "../../lambdas/database/schema.ts";
import { removalPolicyOf, type Stage } from "./stages.ts";

/** The one table. Not TableV2, a global table, which few tools support. */
export function createTable(scope: Construct, stage: Stage): Table {
  const table = new Table(scope, "Table", {
    partitionKey: { name: tableSchema.partition, type: AttributeType.STRING },
    sortKey: { name: tableSchema.sort, type: AttributeType.STRING },
    timeToLiveAttribute: tableSchema.expiry,
    billingMode: BillingMode.PAY_PER_REQUEST,
    // a customer managed key, so that CloudTrail shows each decryption
    ...(stage.backups && { encryption: TableEncryption.AWS_MANAGED }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.backups },
    deletionProtection: stage.keeps,
    removalPolicy: removalPolicyOf(stage),
  });
  if (!stage.backups)
    Validations.of(table).acknowledge({
      id: "AwsSolutions-DDB3",
      reason: `Stage ${stage.name} is thrown away with what is in it; staging and prod have backups.`,
    });
  return table;
}

/**
 * The one log. The name's prefix matters: access logs with another name add to an account policy of
 * 5,120 characters (docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html).
 */
export const createLogGroup = (scope: Construct, name: string, stage: Stage): LogGroup =>
  new LogGroup(scope, "Logs", {
    logGroupName: `/aws/vendedlogs/${name}`,
    retention: stage.logsFor,
    removalPolicy: removalPolicyOf(stage),
  });

/** The secret of the private keys. Its initial value is no key and never becomes one. */
export const createSigningKeySecret = (scope: Construct, stage: Stage): Secret =>
  createSecret(scope, "SigningKey", stage, {
    description: `The Ed25519 keys that Novaless ${stage.name} signs tokens with`,
    reason:
      "A new key has to be known to all functions before anything is signed with it, which a deployment sees to and rotation by a timer cannot.",
  });

/** Letters and digits, so that shells need no quotes. */
export const createAdministratorPasswordSecret = (scope: Construct, stage: Stage): Secret =>
  createSecret(scope, "AdministratorPassword", stage, {
    description: `The password that the user admin of Novaless ${stage.name} had at first`,
    generated: { passwordLength: 40, excludePunctuation: true },
    reason: "The user changes it through the API like any other, and it is good from then on.",
  });

function createSecret(
  scope: Construct,
  id: string,
  stage: Stage,
  {
    description,
    reason,
    generated,
  }: {
    readonly description: string;
    /** The reason why Secrets Manager does not rotate it. */
    readonly reason: string;
    readonly generated?: SecretStringGenerator;
  },
): Secret {
  const secret = new Secret(scope, id, {
    description,
    removalPolicy: removalPolicyOf(stage),
    ...(generated && { generateSecretString: generated }),
  });
  Validations.of(secret).acknowledge({ id: "AwsSolutions-SMG4", reason });
  return secret;
}
