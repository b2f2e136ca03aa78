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

/** By method, with the path's parameters. */
type PathItem = { readonly parameters?: readonly PathParameter[] } & Readonly<
  Record<string, OpenApiMethod | readonly PathParameter[]>
>;

export interface OpenApi {
  readonly openapi: "3.0.1";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<"x-amazon-apigateway-integrations", object>>;
}

/** A method and a path, and the id of their function. */
export interface ApiRoute {
  readonly key: string;
  readonly functionId: string;
}

/** A function. */
export interface ApiTarget {
  readonly id: string;
  /** The URI by which API Gateway invokes it. */
  readonly uri: string;
}

/**
 * The routes as an OpenAPI document for an import: a route costs no resource, and each function is
 * one integration (at most 300). An import with warnings fails, so path parameters are declared, an
 * `operationId` is left out (an operation has several mounts, an id must be unique), and $default
 * has a slash (aws/serverless-application-model, issue 2297).
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

/** Without the slash, which a JSON pointer reads as a separator. */
const integrationName = (id: string): string => id.replaceAll("/", "-");
