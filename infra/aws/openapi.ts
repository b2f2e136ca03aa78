export interface OpenApiMethod {
  readonly responses: { readonly default: { readonly description: string } };
  readonly "x-amazon-apigateway-integration": { readonly $ref: string };
  readonly isDefaultRoute?: true;
}

interface PathParameter {
  readonly name: string;
  readonly in: "path";
  readonly required: true;
  readonly schema: { readonly type: "string" };
}

/** By method, and the parameters in its path. */
type PathItem = { readonly parameters?: readonly PathParameter[] } & Readonly<
  Record<string, OpenApiMethod | readonly PathParameter[]>
>;

export interface OpenApi {
  readonly openapi: "3.0.1";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<"x-amazon-apigateway-integrations", object>>;
}

/** A method and a path, and the id of the function that they lead to. */
export interface ApiRoute {
  readonly key: string;
  readonly functionId: string;
}

/** A function under the id of its module. */
export interface ApiTarget {
  readonly id: string;
  /** As API Gateway calls it. */
  readonly uri: string;
}

/**
 * The routes as a document that an HTTP API is imported from: so a route costs no resource, and the
 * functions are 300 integrations at most, one each. It says no more than routing needs. An import
 * that warns fails, and the parser warns of what a reader would forgive: hence the declared path
 * parameters, no `operationId` (one operation stands at several doors, and an id may not), and the
 * slash before $default (aws/serverless-application-model, issue 2297).
 */
export function openApi({
  title,
  routes,
  targets,
  fallback,
}: {
  readonly title: string;
  readonly routes: readonly ApiRoute[];
  readonly targets: readonly ApiTarget[];
  readonly fallback: string;
}): OpenApi {
  const paths: Record<string, PathItem> = {};
  for (const { key, functionId } of routes) {
    const [method = "", path = ""] = key.split(" ");
    paths[path] = {
      ...parametersOf(path),
      ...paths[path],
      [toOpenApiMethod(method)]: integrationTo(functionId),
    };
  }
  paths["/$default"] = {
    "x-amazon-apigateway-any-method": { isDefaultRoute: true, ...integrationTo(fallback) },
  };
  const integrations = targets.map(({ id, uri }) => [integrationName(id), integration(uri)]);
  return {
    openapi: "3.0.1",
    info: { title, version: "2.1" },
    paths,
    components: { "x-amazon-apigateway-integrations": Object.fromEntries(integrations) },
  };
}

const toOpenApiMethod = (method: string): string =>
  method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase();

const integrationTo = (id: string): OpenApiMethod => ({
  responses: { default: { description: id } },
  "x-amazon-apigateway-integration": {
    $ref: `#/components/x-amazon-apigateway-integrations/${integrationName(id)}`,
  },
});

const integration = (uri: string) => ({
  type: "AWS_PROXY",
  httpMethod: "POST",
  payloadFormatVersion: "2.0",
  uri,
});

function parametersOf(path: string): { readonly parameters?: readonly PathParameter[] } {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
  if (names.length === 0) return {};
  const parameters = names.map(
    (name): PathParameter => ({ name, in: "path", required: true, schema: { type: "string" } }),
  );
  return { parameters };
}

/** Without the slash, which a JSON pointer would take for a step. */
const integrationName = (id: string): string => id.replaceAll("/", "-");
