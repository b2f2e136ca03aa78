import { doors } from "./dialects/dialects.ts";
import type { AnyOperation, Target } from "./http/operation.ts";
import * as register from "./operations.ts";
import { serverActions } from "./servers/actions.ts";

/** A function there is: a module under lambdas/ with a `handler`, and what it serves. */
export interface Entry {
  readonly id: string;
  readonly target: Target;
  readonly operations: readonly AnyOperation[];
}

export interface Route {
  /** As API Gateway has it: "GET /v2.1/servers/{server_id}". */
  readonly key: string;
  readonly entry: Entry;
}

const resources: readonly AnyOperation[] = Object.values(register);

const actions = await Promise.all(Object.values(serverActions.actions).map((load) => load()));

/** Every operation of both registers. */
export const operations: readonly AnyOperation[] = [...resources, ...actions];

/** A function answers one operation, save that actions share the function of their route. */
export const entries: readonly Entry[] = [
  ...resources.map((operation) => ({
    id: operation.id,
    target: operation,
    operations: [operation],
  })),
  { id: "servers/server-action", target: serverActions, operations: actions },
];

/** Every route of every door. What is deployed and what is served locally are both this. */
export const routes: readonly Route[] = entries.flatMap((entry) => {
  const service = entry.operations[0]?.service ?? "root";
  return doors[service].map((door) => ({
    key: entry.target.route.replace(" ", ` ${door}`),
    entry,
  }));
});
