import { existsSync } from "node:fs";
import { Names } from "aws-cdk-lib";
import { type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import { type ConsoleSettings, consoleEnvironmentVariables } from "./console-settings.ts";
import { createDashboard } from "./dashboard.ts";
import { dist as ownDist } from "./dist.ts";
import { ApiDomain, type Domain } from "./domain.ts";
import { packagingPlans } from "./function-permissions.ts";
import { lambdaFactory } from "./lambda-factory.ts";
import { createMetrics } from "./metrics.ts";
import { suppressNagFindings } from "./nag-suppressions.ts";
import { provisioningResource } from "./provisioning.ts";
import { roleFactory } from "./roles.ts";
import { type Packaging, type Stage, stageNamed } from "./stages.ts";
import {
  createAdministratorPasswordSecret,
  createLogGroup,
  createSigningKeySecret,
  createTable,
} from "./storage.ts";

export interface ComputeApiProps {
  /**
   * The stage: `stageNamed("prod")`, or with overrides, `{ ...stageNamed("prod"), tracing: true }`.
   * Default: a development cloud.
   */
  readonly stage?: Stage;
  /** The name of the log, API and dashboard. Default: from the construct's path. */
  readonly name?: string;
  /** One function per operation (default), or one for all. */
  readonly packaging?: Packaging;
  /** A custom domain of the API. The API Gateway endpoint stays. */
  readonly domain?: Domain;
  /** A custom domain of the consoles, so that their pages have another origin than the API. */
  readonly consoles?: Domain;
  /** Console settings that Nova has options for. */
  readonly consoleSettings?: ConsoleSettings;
  /** The topic of the stage's alarms. */
  readonly alarmTopic?: ITopic;
  /** The label of the signing key; another label creates another key. */
  readonly rotation?: string;
  /** The name of an existing table, for example one restored from a backup. */
  readonly table?: string;
  /** The folder with the functions' bundles. Default: the package's own. */
  readonly dist?: string;
}

/**
 * The whole service: one table, one API, one log, and the functions. Several in one stack are
 * independent.
 */
export class ComputeApi extends Construct {
  readonly name: string;
  /** `https://…`, without a path. */
  readonly endpoint: string;
  readonly table: ITable;
  /** Readable by the functions that sign tokens only. */
  readonly signingKey: Secret;
  readonly administratorPassword: Secret;
  /** CNAME targets of the custom domains, by domain. */
  readonly domainTargets: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ComputeApiProps = {}) {
    super(scope, id);
    const { stage = stageNamed("dev"), rotation = "first", dist = ownDist } = props;
    const { domain, consoles, packaging = "per-operation" } = props;
    const { functions, functionFor: servedBy } = packagingPlans[packaging];
    if (!existsSync(dist))
      throw new Error(
        `No Lambda bundles in "${dist}": build them first, or pass the "dist" property.`,
      );
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
    // all other functions know a new key before one signs with it
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
