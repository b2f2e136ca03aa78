import { existsSync } from "node:fs";
import { Names } from "aws-cdk-lib";
import { type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledged.ts";
import { Alarms } from "./alarms.ts";
import { Api } from "./api.ts";
import { type ConsoleSettings, consoleEnvironment } from "./consoles.ts";
import { dashboardFor } from "./dashboard.ts";
import { administratorPasswordFor, logsFor, signingKeyFor, tableFor } from "./data.ts";
import { dist as ownDist } from "./dist.ts";
import { type Domain, ServedDomain } from "./domain.ts";
import { packagings } from "./functions.ts";
import { lambdasIn } from "./lambdas.ts";
import { metricsOf } from "./metrics.ts";
import { provisioned } from "./provisioning.ts";
import { rolesIn } from "./roles.ts";
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
    const { functions, servedBy } = packagings[packaging];
    if (!existsSync(dist)) throw new Error(`There are no bundles at ${dist}.`);
    this.name = props.name ?? Names.uniqueResourceName(this, { separator: "-", maxLength: 80 });
    const { memory, tracing } = stage;

    const table =
      props.table === undefined
        ? (tableFor(this, stage) as ITable)
        : Table.fromTableName(this, "Table", props.table);
    const signingKey = signingKeyFor(this, stage);
    const administratorPassword = administratorPasswordFor(this, stage);
    const logs = logsFor(this, this.name, stage);
    const resources = { table, signingKey, administratorPassword, logs, tracing };
    const lambda = lambdasIn(this, { code: Code.fromAsset(dist), logs, tracing });
    const { tokenKeys } = provisioned(this, {
      resources,
      lambda,
      memory: memory.standard,
      rotation,
      dist,
    });

    const consoleVariables = consoleEnvironment({
      ...(consoles && { origin: `https://${consoles.name}:443` }),
      ...props.consoleSettings,
    });
    const roleFor = rolesIn(this, resources);
    const made = functions.map(({ id, needs }) => ({
      id,
      signs: needs.signs,
      lambda: lambda(id, {
        role: roleFor(needs),
        memory: needs.signs && functions.length > 1 ? memory.signing : memory.standard,
        environment: {
          TABLE: table.tableName,
          TOKEN_KEYS: tokenKeys,
          LOGS: stage.logs,
          ...(stage.softDelete && { SOFT_DELETE: "true" }),
          ...(needs.signs && { SIGNING_KEY: signingKey.secretArn }),
          ...consoleVariables,
        },
      }),
    }));
    // nothing is signed with a new key before all others know it
    for (const signer of made.filter(({ signs }) => signs))
      signer.lambda.node.addDependency(
        ...made.filter(({ signs }) => !signs).map(({ lambda }) => lambda),
      );

    const api = new Api(this, "Api", {
      name: this.name,
      functions: new Map(made.map(({ id, lambda }) => [id, lambda])),
      servedBy,
      logs,
      throttles: stage.throttles,
    });
    this.domainTargets = Object.fromEntries(
      Object.entries({ Domain: domain, Consoles: consoles }).flatMap(([id, one]) => {
        if (!one) return [];
        const { target } = new ServedDomain(this, id, { ...one, apiId: api.id, stage: api.stage });
        return [[one.name, target]];
      }),
    );
    this.endpoint = domain ? `https://${domain.name}` : api.endpoint;
    this.table = table;
    this.signingKey = signingKey;
    this.administratorPassword = administratorPassword;

    if (stage.alarms || stage.dashboard) {
      const { name } = this;
      const measured = { apiId: api.id, table, logs, name, memory: memory.standard };
      const metrics = metricsOf(this, measured);
      if (stage.alarms) new Alarms(this, "Alarms", { metrics, topic: props.alarmTopic });
      if (stage.dashboard) dashboardFor(this, { name, stage, metrics });
    }
    acknowledge(this, stage);
  }
}
