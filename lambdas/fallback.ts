import type { Context } from "aws-lambda";
import { dialectOf } from "./dialects/dialects.ts";
import { handlerOf } from "./http/annex.ts";
import { deployed } from "./http/deployed.ts";
import { lambda } from "./http/lambda.ts";
import { operation } from "./http/operation.ts";
import { routerOf } from "./http/router.ts";
import type { Event, Handler } from "./http/serving.ts";
import { plainPath, unrouted } from "./http/unrouted.ts";
import type { World } from "./http/world.ts";
import { type Entry, routes } from "./routes.ts";
import { choicesDocument } from "./versions/nova-versions.ts";

/**
 * The function of API Gateway's $default route: what no route of the register takes. It serves the
 * spellings that a dialect is lenient about (a slash at the end, ".json") by the operation meant, and
 * for all else gives the dialect's own 404 or 405, not the gateway's.
 */
export function fallback(world: World = deployed): Handler {
  const { match, methods } = routerOf(
    routes.filter(({ entry }) => !("operations" in entry.target)),
  );
  const handlers = new Map<Entry, Handler>();

  const meantHandler = (entry: Entry) => {
    const handler = handlers.get(entry) ?? handlerOf(entry.target, world);
    handlers.set(entry, handler);
    return handler;
  };

  const elsewhere = operation({
    id: "fallback",
    service: "root",
    route: "ANY $default",
    access: "public",
    calls: [],
    answer: "choices",
    run: async ({ origin }) => choicesDocument(origin),
  });

  const answerUnrouted = unrouted(world, methods);
  const answerElsewhere = lambda(elsewhere, world);

  return async (event: Event, context: Context) => {
    const { method } = event.requestContext.http;
    const dialect = dialectOf(event.rawPath, event.headers);
    const rawPath = plainPath(event.rawPath);
    const meant = rawPath === event.rawPath ? null : match(method, rawPath);
    // version documents have their slash everywhere; the key that signs tokens is not this function's
    if (meant && !meant.route.entry.signs) {
      const { route, parameters } = meant;
      if (dialect.lenientPaths || route.entry.service === "root") {
        const spelt = { ...event, rawPath, routeKey: route.key, pathParameters: { ...parameters } };
        return meantHandler(route.entry)(spelt, context);
      }
    }
    return (dialect.name === "discovery" ? answerElsewhere : answerUnrouted)(event, context);
  };
}

export const handler = fallback();
