import { Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { schema } from "../../lambdas/store/schema.ts";
import { removalOf, type Stage } from "./stages.ts";

/** The one table. Not TableV2: that is a global table, and few tools but AWS itself know those. */
export function tableFor(scope: Construct, stage: Stage): Table {
  const table = new Table(scope, "Table", {
    partitionKey: { name: schema.partition, type: AttributeType.STRING },
    sortKey: { name: schema.sort, type: AttributeType.STRING },
    timeToLiveAttribute: schema.expiry,
    billingMode: BillingMode.PAY_PER_REQUEST,
    // a key of the account's where data is kept, so that CloudTrail tells who had it decrypted
    ...(stage.backups && { encryption: TableEncryption.AWS_MANAGED }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.backups },
    deletionProtection: stage.keeps,
    removalPolicy: removalOf(stage),
  });
  if (!stage.backups)
    Validations.of(table).acknowledge({
      id: "AwsSolutions-DDB3",
      reason: `Stage ${stage.name} is thrown away with what is in it; staging and prod have backups.`,
    });
  return table;
}

/** Where the private key stands. Its value is the operator's to set (docs/deploy.md). */
export function signingKeyFor(scope: Construct, stage: Stage): Secret {
  const key = new Secret(scope, "SigningKey", {
    description: `The Ed25519 key, as a JWK, that Novaless ${stage.name} signs tokens with`,
    removalPolicy: removalOf(stage),
  });
  Validations.of(key).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "A new key has to be in TokenKeys before anything is signed with it, which rotation by a timer cannot see to.",
  });
  return key;
}
