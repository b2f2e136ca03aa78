import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { entries as declared, type Entry } from "../../lambdas/routes.ts";
import { doors } from "../../lambdas/services.ts";

/** Every function, with its operations. */
export const entries: readonly (Omit<Entry, "operations"> & {
  readonly operations: readonly AnyOperation[];
})[] = await Promise.all(
  declared.map(async (entry) => ({ ...entry, operations: await entry.operations() })),
);

export const operations: readonly AnyOperation[] = entries.flatMap((entry) => entry.operations);

/** A method and a path at one door, and all that is answered there. */
export interface Place {
  readonly key: string;
  readonly door: string;
  readonly operations: readonly AnyOperation[];
}

/** What is served where, whichever function does it. */
export const places: readonly Place[] = entries.flatMap(({ target, service, operations }) => {
  if (!("operations" in target))
    return doors[service ?? "root"].map((door) => at(door, target.route, operations));
  return target.doors.flatMap((door) =>
    [...Map.groupBy(operations, ({ route }) => route)].map(([route, sharing]) =>
      at(door, route, sharing),
    ),
  );
});

function at(door: string, route: string, all: readonly AnyOperation[]): Place {
  return { key: route.replace(" ", ` ${door}`), door, operations: all };
}
