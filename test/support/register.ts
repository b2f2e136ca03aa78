import { type FunctionEntry, functions, mountedRoute } from "../../lambdas/functions.ts";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { register } from "../../lambdas/register.ts";

export const operations: readonly AnyOperation[] = await Promise.all(
  register.map(({ load }) => load()),
);

const byId = new Map(operations.map((operation) => [operation.id, operation]));

const loaded = (declared: FunctionEntry["operations"]): AnyOperation[] =>
  declared.flatMap(({ id }) => byId.get(id) ?? []);

export const functionEntries: readonly (Omit<FunctionEntry, "operations" | "siblings"> & {
  readonly operations: readonly AnyOperation[];
  readonly siblings: readonly AnyOperation[];
})[] = functions.map((entry) => ({
  ...entry,
  operations: loaded(entry.operations),
  siblings: loaded(entry.siblings),
}));

export interface ServedRoute {
  readonly key: string;
  readonly mountPath: string;
  readonly operations: readonly AnyOperation[];
}

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
