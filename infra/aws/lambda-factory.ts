import { Duration } from "aws-cdk-lib";
import type { Role } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

interface LambdaOptions {
  readonly role: Role;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

/** Creates functions with common settings; `id` is the function's id. */
export const lambdaFactory =
  (
    scope: Construct,
    {
      code,
      logs,
      tracing,
    }: { readonly code: Code; readonly logs: ILogGroup; readonly tracing: boolean },
  ) =>
  (
    id: string,
    { role, memoryMb, environment, timeoutSeconds = 10 }: LambdaOptions,
  ): LambdaFunction =>
    new LambdaFunction(scope, toConstructId(id), {
      description: id,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      code,
      handler: `${id}.handler`,
      // the role is complete
      role: role.withoutPolicyUpdates(),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      // The platform's three lines per invocation cost more than the invocation; the access log has
      // their content
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(tracing && { tracing: Tracing.ACTIVE }),
      environment: { ...environment },
    });

/** compute/show-server becomes ComputeShowServer. */
const toConstructId = (id: string): string =>
  id.replace(/(?:^|[/-])(.)/g, (_, letter: string) => letter.toUpperCase());
