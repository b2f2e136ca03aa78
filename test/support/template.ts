import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { createApp } from "../../infra/aws/app.ts";
import type { OpenApi } from "../../infra/aws/openapi.ts";

const { context } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../cdk.json"), "utf8"),
) as { readonly context: Readonly<Record<string, unknown>> };

export type ContextValues = Readonly<Record<string, string>>;

interface OutputFolders {
  readonly dist: string;
  readonly folder: string;
}

export const createStageApp = (
  stage: string,
  { dist, folder }: OutputFolders,
  contextValues: ContextValues = {},
) =>
  createApp(dist, {
    outdir: join(
      folder,
      ["cdk.out", stage, ...Object.values(contextValues)].join("-").replace(/[^\w.-]/g, ""),
    ),
    context: { ...context, ...contextValues, stage },
  });

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: object | string;
}

interface RoleProperties {
  readonly Policies: readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  readonly ManagedPolicyArns?: readonly string[];
}

export interface FunctionProperties {
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Role: { readonly "Fn::GetAtt": readonly [role: string, attribute: string] };
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly Code: object;
}

interface Resource<Properties = Readonly<Record<string, unknown>>> {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export const stageTemplate = (
  stage: string,
  folders: OutputFolders,
  contextValues: ContextValues = {},
) => readTemplate(createStageApp(stage, folders, contextValues).stack);

export function readTemplate(stack: Stack) {
  const template = Template.fromStack(stack);
  const resources = template.toJSON()["Resources"] as Readonly<Record<string, Resource>>;

  const ofType = <Properties = Resource["Properties"]>(type: string): Map<string, Properties> =>
    new Map(
      Object.entries(resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties }]) => [id, Properties as Properties]),
    );

  const lambdas = ofType<FunctionProperties>("AWS::Lambda::Function");
  const functions = new Map(
    [...lambdas].filter(([, { Handler }]) => Handler !== "provisioning/provision.handler"),
  );
  const roles = ofType<RoleProperties>("AWS::IAM::Role");
  const [api] = ofType<{ readonly Body: OpenApi }>("AWS::ApiGatewayV2::Api").values();
  if (!api) throw new Error("no API");

  const statements = ({ Policies }: RoleProperties) =>
    Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).map((statement) => ({
      ...statement,
      Action: [statement.Action].flat(),
    }));

  return {
    template,

    only(type: string): Resource {
      const [found, ...more] = Object.values(resources).filter(({ Type }) => Type === type);
      if (!found || more.length > 0) throw new Error(`not one ${type}, but ${more.length + 1}`);
      return found;
    },

    idOf(type: string): string {
      const [id = "", ...more] = ofType(type).keys();
      if (id === "" || more.length > 0) throw new Error(`not one ${type}`);
      return id;
    },

    secret(name: string): string {
      const ids = [...ofType("AWS::SecretsManager::Secret").keys()];
      return ids.find((id) => id.includes(name)) ?? `no secret ${name}`;
    },

    size: Object.keys(resources).length,
    all: resources,
    ofType,
    /** Functions behind API Gateway. */
    functions,
    /** Those, and the functions that CloudFormation calls. */
    lambdas,
    roles: [...roles.values()],
    body: api.Body,
    statements,

    allowed(handler: string, service: string): string[] {
      const found = [...lambdas.values()].find(({ Handler }) => Handler === handler);
      const role = found && roles.get(found.Role["Fn::GetAtt"][0]);
      if (!role) throw new Error(`${handler} has no role of this stack's`);
      return statements(role)
        .flatMap(({ Action }) => Action)
        .filter((action) => action.startsWith(`${service}:`))
        .toSorted();
    },
  };
}

export type StageTemplate = ReturnType<typeof readTemplate>;
