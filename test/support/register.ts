import { type FunctionEntry, functions, mountedRoute } from "../../lambdas/functions.ts";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { register } from "../../lambdas/register.ts";

/** Every operation, loaded. */
export const operations: readonly AnyOperation[] = await Promise.all(
  register.map(({ load }) => load()),
);

const byId = new Map(operations.map((operation) => [operation.id, operation]));

const loaded = (declared: FunctionEntry["operations"]): AnyOperation[] =>
  declared.flatMap(({ id }) => byId.get(id) ?? []);

/** Every function, with its operations loaded. */
export const functionEntries: readonly (Omit<FunctionEntry, "operations" | "siblings"> & {
  readonly operations: readonly AnyOperation[];
  readonly siblings: readonly AnyOperation[];
})[] = functions.map((entry) => ({
  ...entry,
  operations: loaded(entry.operations),
  siblings: loaded(entry.siblings),
}));

/** A method and a path at one mount, and all operations that are served there. */
export interface ServedRoute {
  readonly key: string;
  readonly mountPath: string;
  readonly operations: readonly AnyOperation[];
}

/** What is served where, whichever function does it. */
export const servedRoutes: readonly ServedRoute[] = functionEntries.flatMap(
  ({ mounts, operations }) =>
    mounts.flatMap((mountPath) =>
      [...Map.groupBy(operations, ({ route }) => route)].map(([route, routeOperations]) => ({
        key: mountedRoute(route, mountPath),
        mountPath: mountPath,
        operations: routeOperations,
      })),
    ),
);
