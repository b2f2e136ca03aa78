import { existsSync } from "node:fs";
import { Names } from "aws-cdk-lib";
import { type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { suppressNagFindings } from "./acknowledged.ts";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import { type ConsoleSettings, consoleEnvironmentVariables } from "./consoles.ts";
import { createDashboard } from "./dashboard.ts";
import {
  createAdministratorPasswordSecret,
  createLogGroup,
  createSigningKeySecret,
  createTable,
} from "./data.ts";
import { dist as ownDist } from "./dist.ts";
import { ApiDomain, type Domain } from "./domain.ts";
import { packagingPlans } from "./functions.ts";
import { lambdaFactory } from "./lambdas.ts";
import { createMetrics } from "./metrics.ts";
import { provisioningResource } from "./provisioning.ts";
import { roleFactory } from "./roles.ts";
import { type Packaging, type Stage, stageNamed } from "./stages.ts";

export interface ComputeApiProps {
  /**
   * What the cloud is for: `stageNamed("prod")`, or that with settings of one's own,
   * `{ ...stageNamed("prod"), tracing: true }`. A cloud for development by default.
   */
  readonly stage?: Stage;
  /** What its log, its API and its dashboard are called; a name of the construct's path by default. */
  readonly name?: string;
  /** A function for every operation, which is the default, or a single one for all. */
  readonly packaging?: Packaging;
  /** A name of one's own for the API. Its endpoint by API Gateway's name stays. */
  readonly domain?: Domain;
  /** One for the consoles, so that their pages come from elsewhere than the API. */
  readonly consoles?: Domain;
  /** What Nova has options for too: where consoles are, and for how long. */
  readonly consoleSettings?: ConsoleSettings;
  /** Told of alarms, where the stage has any. */
  readonly alarmTopic?: ITopic;
  /** Any name for the key that tokens are signed with; another name has another key made. */
  readonly rotation?: string;
  /** The name of a table to use instead of a new one: one that was restored from a backup. */
  readonly table?: string;
  /** The folder with the functions' bundles; the package's own by default. */
  readonly dist?: string;
}

/**
 * The whole service: one table, one API, one log, and a function for every entry of the register. Two
 * in one stack know nothing of each other.
 */
export class ComputeApi extends Construct {
  readonly name: string;
  /** Where clients reach it: `https://…`, without a path. */
  readonly endpoint: string;
  readonly table: ITable;
  /** Readable by the functions that sign tokens, and nobody else here. */
  readonly signingKey: Secret;
  readonly administratorPassword: Secret;
  /** What the CNAMEs of the domains are to say, by their names. */
  readonly domainTargets: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeApiProps = {}) {
    super(scope, id);
    const { stage = stageNamed("dev"), rotation = "first", dist = ownDist } = props;
    const { domain, consoles, packaging = "per-operation" } = props;
    const { functions, functionFor: servedBy } = packagingPlans[packaging];
    if (!existsSync(dist)) throw new Error(`There are no bundles at ${dist}.`);
    this.name = props.name ?? Names.uniqueResourceName(this, { separator: "-", maxLength: 80 });
    const { memory, tracing } = stage;

    const table =
      props.table === undefined
        ? (createTable(this, stage) as ITable)
        : Table.fromTableName(this, "Table", props.table);
    const signingKey = createSigningKeySecret(this, stage);
    const administratorPassword = createAdministratorPasswordSecret(this, stage);
    const logs = createLogGroup(this, this.name, stage);
    const resources = { table, signingKey, administratorPassword, logs, tracing };
    const lambda = lambdaFactory(this, { code: Code.fromAsset(dist), logs, tracing });
    const { tokenKeys } = provisioningResource(this, {
      resources,
      lambda,
      memory: memory.standard,
      rotation,
      dist,
    });

    const consoleVariables = consoleEnvironmentVariables({
      ...(consoles && { origin: `https://${consoles.name}:443` }),
      ...props.consoleSettings,
    });
    const roleFor = roleFactory(this, resources);
    const deployed = functions.map(({ id, permissions }) => ({
      id,
      signs: permissions.signsTokens,
      lambda: lambda(id, {
        role: roleFor(permissions),
        memoryMb:
          permissions.signsTokens && functions.length > 1 ? memory.signing : memory.standard,
        environment: {
          TABLE: table.tableName,
          TOKEN_KEYS: tokenKeys,
          LOGS: stage.logs,
          ...(stage.softDelete && { SOFT_DELETE: "true" }),
          ...(permissions.signsTokens && { SIGNING_KEY: signingKey.secretArn }),
          ...consoleVariables,
        },
      }),
    }));
    // nothing is signed with a new key before all others know it
    for (const signer of deployed.filter(({ signs }) => signs))
      signer.lambda.node.addDependency(
        ...deployed.filter(({ signs }) => !signs).map(({ lambda }) => lambda),
      );

    const api = new Api(this, "Api", {
      name: this.name,
      functions: new Map(deployed.map(({ id, lambda }) => [id, lambda])),
      functionFor: servedBy,
      logs,
      throttles: stage.throttles,
    });
    this.domainTargets = Object.fromEntries(
      Object.entries({ Domain: domain, Consoles: consoles }).flatMap(([id, domainProps]) => {
        if (!domainProps) return [];
        const { target } = new ApiDomain(this, id, {
          ...domainProps,
          apiId: api.id,
          stage: api.stage,
        });
        return [[domainProps.name, target]];
      }),
    );
    this.endpoint = domain ? `https://${domain.name}` : api.endpoint;
    this.table = table;
    this.signingKey = signingKey;
    this.administratorPassword = administratorPassword;

    if (stage.alarms || stage.dashboard) {
      const { name } = this;
      const measured = { apiId: api.id, table, logs, name, memoryMb: memory.standard };
      const metrics = createMetrics(this, measured);
      if (stage.alarms) new Alarms(this, "Alarms", { metrics, topic: props.alarmTopic });
      if (stage.dashboard) createDashboard(this, { name, stage, metrics });
    }
    suppressNagFindings(this, stage);
  }
}
