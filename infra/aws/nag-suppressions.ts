import { Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Stage } from "./stages.ts";

/** Rules of cdk-nag's serverless checks that every function would fail, with the reasons. */
export function suppressNagFindings(scope: Construct, { name, tracing }: Stage): void {
  Validations.of(scope).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason:
      "API Gateway waits for the answer and hands every failure to the client; CloudFormation hears of a provisioning that failed, or of none in six minutes, and rolls back.",
  });
  if (tracing) return;
  Validations.of(scope).acknowledge({
    id: "Serverless-LambdaTracing",
    reason: `Traces cost more than the requests they are of; stage ${name} has not asked for them.`,
  });
}
