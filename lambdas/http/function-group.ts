import { deployed } from "../deployed/environment.ts";
import { dialectOf } from "../services.ts";
import type { World } from "./environment.ts";
import type { Handler } from "./handler.ts";
import { lambda } from "./lambda.ts";
import { plainPath, unrouted } from "./not-routed.ts";
import type { Annex, Target } from "./operation.ts";
import { routerOf } from "./router.ts";

/** The Lambda of an annex: it does the gateway's part of finding the operation, and then loads it. */
export function annex({ doors, operations, beside = {} }: Annex, world: World = deployed): Handler {
  const { match, methods } = routerOf(
    doors.flatMap((door) =>
      Object.entries({ ...beside, ...operations }).map(([route, load]) => ({
        key: route.replace(" ", ` ${door}`),
        load,
      })),
    ),
  );
  const handlers = new Map<() => unknown, Handler>();
  const otherwise = unrouted(world, methods);

  return async (event, context) => {
    const dialect = dialectOf(event.rawPath, event.headers);
    const rawPath = dialect.lenientPaths ? plainPath(event.rawPath) : event.rawPath;
    const found = match(event.requestContext.http.method, rawPath);
    if (!found?.route.load) return otherwise({ ...event, routeKey: "$default" }, context);
    const { load, key } = found.route;
    const handler = handlers.get(load) ?? lambda(await load(), world);
    handlers.set(load, handler);
    return handler(
      { ...event, rawPath, routeKey: key, pathParameters: { ...found.parameters } },
      context,
    );
  };
}

/** The handler of a function, whatever kind of function it is. */
export const handlerOf = (target: Target | Annex, world: World): Handler =>
  "operations" in target ? annex(target, world) : lambda(target, world);
