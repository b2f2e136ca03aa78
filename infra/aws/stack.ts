import { CfnOutput, CfnParameter, Duration, Stack } from "aws-cdk-lib";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { Api } from "./api.ts";
import { signingKeyFor, tableFor } from "./data.ts";
import { functions } from "./functions.ts";
import { rolesIn } from "./roles.ts";
import { removalOf, type Stage } from "./stages.ts";

interface NovalessProps {
  readonly stage: Stage;
  /** The folder with the bundles of all functions. */
  readonly dist: string;
}

/** The whole service: one table, one API, one log, and a function for every entry of the register. */
export class NovalessStack extends Stack {
  constructor(scope: Construct, { stage, dist }: NovalessProps) {
    super(scope, `Novaless-${stage.name}`, { description: `Novaless, stage ${stage.name}` });
    const table = tableFor(this, stage);
    const signingKey = signingKeyFor(this, stage);
    const logs = new LogGroup(this, "Logs", {
      // Each access log of another name adds to a policy of the account's that holds 5,120 characters
      // (docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html)
      logGroupName: `/aws/vendedlogs/${this.stackName}`,
      retention: stage.logsFor,
      removalPolicy: removalOf(stage),
    });
    const tokenKeys = new CfnParameter(this, "TokenKeys", {
      default: "[]",
      description: "The public keys that tokens may be signed with: a JSON list of JWKs",
      // `d` is the private part (RFC 8037 §2), which is nothing for an environment
      allowedPattern: String.raw`^\[(?!.*"d"\s*:).*\]$`,
      constraintDescription: "must be a JSON list of public keys, without their private part",
    });

    const consoles = consoleParameters(this);
    const roleFor = rolesIn(this, { table, signingKey, logs });
    const code = Code.fromAsset(dist);
    const deployed = functions.map(({ id, needs }): readonly [string, LambdaFunction] => [
      id,
      new LambdaFunction(this, constructId(id), {
        description: id,
        runtime: Runtime.NODEJS_24_X,
        architecture: Architecture.ARM_64,
        memorySize: 512,
        timeout: Duration.seconds(10),
        code,
        handler: `${id}.handler`,
        role: roleFor(needs),
        logGroup: logs,
        loggingFormat: LoggingFormat.JSON,
        // The platform's three lines about each call cost more than the call, and the access log has it
        systemLogLevelV2: SystemLogLevel.WARN,
        environment: {
          TABLE: table.tableName,
          TOKEN_KEYS: tokenKeys.valueAsString,
          ...consoles,
          ...(needs.signs && { SIGNING_KEY: signingKey.secretArn }),
        },
      }),
    ]);

    const { endpoint } = new Api(this, "Api", { functions: new Map(deployed), logs });
    new CfnOutput(this, "Endpoint", { value: endpoint });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "SigningKeySecret", { value: signingKey.secretArn });
  }
}

/**
 * Of consoles, by the variables that lambdas/http/console-bases.ts and console-options.ts read: each a
 * parameter of the same name in one word, and empty for the default.
 */
function consoleParameters(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    Object.entries(consoleVariables).map(([name, [allowed, constraintDescription]]) => {
      const words = name.toLowerCase().split("_");
      const id = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
      const { valueAsString } = new CfnParameter(stack, id, {
        default: "",
        description: `Consoles: ${name} of docs/deploy.md`,
        allowedPattern: `^$|${allowed}`,
        constraintDescription,
      });
      return [name, valueAsString];
    }),
  );
}

const address = [
  String.raw`^(http|ws)s?://[^\s/]+.*$`,
  "must be an address like https://console.example.org:443",
] as const;

const consoleVariables = {
  CONSOLES: address,
  NOVNCPROXY_BASE_URL: address,
  XVPVNCPROXY_BASE_URL: address,
  SERIAL_BASE_URL: address,
  CONSOLE_TOKEN_TTL: [String.raw`^[1-9]\d{0,8}$`, "must be a number of seconds"],
  CONSOLE_FRAME_ANCESTORS: [String.raw`^[\w.:/*' -]+$`, "must be a list of origins"],
} as const;

/** servers/show-server is ServersShowServer. */
const constructId = (id: string): string =>
  id.replace(/(?:^|[/-])(.)/g, (_, letter: string) => letter.toUpperCase());
