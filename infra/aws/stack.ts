import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { createAlarmTopic } from "./alarm-topic.ts";
import { clientExports } from "./client-exports.ts";
import { ComputeApi, type ComputeApiProps } from "./compute-api.ts";
import { stackTags } from "./stack-expiry.ts";
import type { Stage } from "./stages.ts";

export interface NovalessProps extends Omit<ComputeApiProps, "alarmTopic" | "name"> {
  readonly stage: Stage;
  /** The address that receives alarms. */
  readonly alarmEmail?: string;
  /** The first day on which the stack may be deleted: 2026-12-31. */
  readonly expires?: string;
}

/** A stack with one cloud and its outputs. */
export class NovalessStack extends Stack {
  constructor(scope: Construct, { alarmEmail, expires, ...props }: NovalessProps) {
    const { stage } = props;
    super(scope, `Novaless-${stage.name}`, {
      description: `Novaless, stage ${stage.name}`,
      tags: stackTags(stage, expires),
    });
    const cloud = new ComputeApi(this, "Cloud", {
      ...props,
      name: this.stackName,
      ...(alarmEmail !== undefined && { alarmTopic: createAlarmTopic(this, alarmEmail) }),
    });
    const { endpoint, administratorPassword, domainTargets } = cloud;
    const outputs = {
      Endpoint: endpoint,
      Environment: clientExports(endpoint, administratorPassword.secretArn, this.region),
      TableName: cloud.table.tableName,
      SigningKeySecret: cloud.signingKey.secretArn,
      AdministratorPasswordSecret: administratorPassword.secretArn,
      ...(Object.keys(domainTargets).length > 0 && {
        DomainTargets: Object.entries(domainTargets)
          .map(([name, target]) => `${name} CNAME ${target}`)
          .join("\n"),
      }),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
