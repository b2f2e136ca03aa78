import { type FunctionEntry, functions, routes } from "../../lambdas/functions.ts";
import type { Service } from "../../lambdas/http/operation.ts";
import { loadText } from "./register-module.ts";

/** Ids of functions without operations of their own. */
export const fallbackId = "fallback";
export const singleId = "single";

/** The specifier of a function's module. */
export const moduleOf = (id: string): string => `function:${id}`;

/** The text of a function's module; its imports are relative to lambdas/. */
export function functionModule(id: string): string {
  if (id === fallbackId)
    return `
      import { fallbackHandler } from "./fallback.ts";
      ${environmentText("root", false)}
      export const handler = fallbackHandler(environment, ${routesText(describeRoute)});`;
  if (id === singleId)
    return `
      import { single } from "./single.ts";
      export const handler = single(${routesText(({ key }) => ({ key }))}, () => import("${moduleOf(fallbackId)}"));`;
  const entry = functions.find((one) => one.id === id);
  if (!entry) throw new Error(`No function has the id "${id}".`);
  return `${environmentText(entry.service, entry.signsTokens)}\n${handlerText(entry)}`;
}

function handlerText({ id, kind, operations, siblings, mounts }: FunctionEntry): string {
  const [first] = operations;
  if (kind === "group")
    return `
      import { functionGroup } from "./http/function-group.ts";
      export const handler = functionGroup({
        id: "${id}",
        mounts: ${JSON.stringify(mounts)},
        operations: ${operationsText(operations)},
        siblings: ${operationsText(siblings)},
      }, environment);`;
  if (kind === "actions")
    return `
      import { actionsOf } from "./http/function-group.ts";
      import { lambda } from "./http/lambda.ts";
      export const handler = lambda(
        actionsOf("${id}", "${first?.route}", ${operationsText(operations)}),
        environment,
      );`;
  return `
    import { ${first?.exportName} } from "./${first?.file}.ts";
    import { lambda } from "./http/lambda.ts";
    export const handler = lambda(${first?.exportName}, environment);`;
}

/** A sibling that signs tokens is listed, so that its path has no 404, and never loaded. */
const operationsText = (operations: FunctionEntry["operations"]): string =>
  `[${operations
    .map(({ route, action, signsTokens, ...declared }) => {
      const load = signsTokens ? "() => Promise.reject()" : loadText(declared);
      return `{ ...${JSON.stringify({ route, action, signsTokens })}, load: ${load} }`;
    })
    .join(",\n")}]`;

/** The dialects of each service: a function bundles those of its own service only. */
const dialects: Readonly<Record<Service, string>> = {
  compute: `import { computeDialectOf as dialectOf } from "./compute/dialects/compute-dialect-of.ts";`,
  identity: oneDialect("./identity/dialect/keystone.ts", "keystone"),
  image: oneDialect("./image/dialect/glance.ts", "glance"),
  network: oneDialect("./network/dialect/neutron.ts", "neutron"),
  volume: oneDialect("./volume/dialect/cinder.ts", "cinder"),
  console: oneDialect("./console/dialect/console.ts", "consoleDialect"),
  // version documents need all dialects
  root: `import { dialectOf } from "./services.ts";`,
};

function oneDialect(file: string, name: string): string {
  return `import { ${name} as dialect } from "${file}"; const dialectOf = () => dialect;`;
}

function environmentText(service: Service, signsTokens: boolean): string {
  const signing = `import { getSigningKey } from "./deployed/signing-key.ts";`;
  return `
    import { deployedEnvironment } from "./deployed/environment.ts";
    ${dialects[service]}
    ${signsTokens ? signing : ""}
    const environment = deployedEnvironment(dialectOf${signsTokens ? ", getSigningKey" : ""});`;
}

type RegisteredRoute = (typeof routes)[number];

const describeRoute = ({ key, entry }: RegisteredRoute) => ({
  key,
  isGroup: entry.kind === "group",
  signsTokens: entry.signsTokens,
  isAtRoot: entry.service === "root",
});

/** An array expression: the routes as `describe` shows them, each with the import of its function. */
function routesText(describe: (route: RegisteredRoute) => object): string {
  const loads = functions.map(({ id }) => `() => import("${moduleOf(id)}")`);
  const described = routes.map((route) => ({
    ...describe(route),
    load: functions.indexOf(route.entry),
  }));
  return `((loads) => ${JSON.stringify(described)}.map((route) => ({ ...route, load: loads[route.load] })))([${loads.join()}])`;
}
