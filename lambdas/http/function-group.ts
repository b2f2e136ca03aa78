import { groupBy } from "../core/group-by.ts";
import type { Environment } from "./environment.ts";
import type { Handler } from "./handler.ts";
import { lambda } from "./lambda.ts";
import { normalizePath, notRoutedHandler } from "./not-routed.ts";
import type { AnyOperation, OperationHeader, Routable } from "./operation.ts";
import { createPathRouter } from "./router.ts";

/** An operation that a group serves, loaded on its first request. */
export interface GroupedOperation
  extends Pick<OperationHeader, "route" | "action" | "signsTokens"> {
  load(): Promise<AnyOperation>;
}

export interface FunctionGroup {
  readonly id: string;
  readonly mounts: readonly string[];
  readonly operations: readonly GroupedOperation[];
  /** Operations with functions of their own, for clients that end their paths with a slash. */
  readonly siblings: readonly GroupedOperation[];
}

/**
 * The Lambda of operations that share a function, because an HTTP API has a quota of routes. API
 * Gateway sends it every path under its mounts; it routes to the operation (docs/decisions/0008).
 */
export function functionGroup(group: FunctionGroup, environment: Environment): Handler {
  const targets = [
    ...targetsOf(group.id, group.siblings),
    ...targetsOf(group.id, group.operations),
  ];
  const { match, methods } = createPathRouter(
    group.mounts.flatMap((mount) =>
      targets.map(({ route, load }) => ({ key: route.replace(" ", ` ${mount}`), load })),
    ),
  );
  const handlers = new Map<() => unknown, Handler>();
  const otherwise = notRoutedHandler(environment, methods);

  return async (event, context) => {
    const dialect = environment.dialectOf(event.rawPath, event.headers);
    const rawPath = dialect.hasLenientPaths ? normalizePath(event.rawPath) : event.rawPath;
    const found = match(event.requestContext.http.method, rawPath);
    if (!found?.route.load) return otherwise({ ...event, routeKey: "$default" }, context);
    const { load, key } = found.route;
    const handler = handlers.get(load) ?? lambda(await load(), environment);
    handlers.set(load, handler);
    return handler(
      { ...event, rawPath, routeKey: key, pathParameters: { ...found.parameters } },
      context,
    );
  };
}

interface GroupedTarget {
  readonly route: string;
  /** null where the operation needs the signing key, which a group does not have. */
  readonly load: (() => Promise<Routable>) | null;
}

/** One target per route: an operation, or the actions that share the route. */
const targetsOf = (id: string, operations: readonly GroupedOperation[]): GroupedTarget[] =>
  [...groupBy(operations, ({ route }) => route)].map(([route, sharing]) => ({
    route,
    load: loadTarget(id, route, sharing),
  }));

function loadTarget(
  id: string,
  route: string,
  sharing: readonly GroupedOperation[],
): GroupedTarget["load"] {
  const [only] = sharing;
  if (only?.action === undefined) return only && !only.signsTokens ? only.load : null;
  return async () => actionsOf(id, route, sharing);
}

/** The operations of one route, keyed by the body member that selects them. */
export const actionsOf = (
  id: string,
  route: string,
  operations: readonly GroupedOperation[],
): Routable => ({
  id,
  route,
  actions: Object.fromEntries(operations.map(({ action = "", load }) => [action, load])),
});
