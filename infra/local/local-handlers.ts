import { type FunctionRoute, fallbackHandler } from "../../lambdas/fallback.ts";
import { type FunctionEntry, routes } from "../../lambdas/functions.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import { actionsOf, functionGroup } from "../../lambdas/http/function-group.ts";
import type { Handler } from "../../lambdas/http/handler.ts";
import { lambda } from "../../lambdas/http/lambda.ts";
import type { Routable } from "../../lambdas/http/operation.ts";

/** Returns the handler of a function, or of the $default route for null. */
export type HandlerFor = (entry: FunctionEntry | null) => Handler;

/** The functions in an environment; bundles contain the same (infra/register/function-module.ts). */
export function localHandlers(environment: Environment): HandlerFor {
  const handlers = new Map<FunctionEntry, Handler>();
  const handlerFor = (entry: FunctionEntry): Handler => {
    const handler = handlers.get(entry) ?? toHandler(entry, environment);
    handlers.set(entry, handler);
    return handler;
  };
  const functionRoutes = routes.map(
    ({ key, entry }): FunctionRoute => ({
      key,
      isGroup: entry.kind === "group",
      signsTokens: entry.signsTokens,
      isAtRoot: entry.service === "root",
      load: async () => ({ handler: handlerFor(entry) }),
    }),
  );
  return (entry) => (entry ? handlerFor(entry) : fallbackHandler(environment, functionRoutes));
}

function toHandler(entry: FunctionEntry, environment: Environment): Handler {
  if (entry.kind === "group") return functionGroup(entry, environment);
  let handler: Promise<Handler> | undefined;
  return async (event, context) => {
    handler ??= loadTarget(entry).then((target) => lambda(target, environment));
    return (await handler)(event, context);
  };
}

async function loadTarget({ id, kind, operations }: FunctionEntry): Promise<Routable> {
  const [first] = operations;
  if (!first) throw new Error(`Function "${id}" has no operation.`);
  return kind === "actions" ? actionsOf(id, first.route, operations) : first.load();
}
