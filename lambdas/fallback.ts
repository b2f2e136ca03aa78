import type { Context } from "aws-lambda";
import { choicesDocument } from "./compute/versions/nova-versions.ts";
import { deployed } from "./deployed/environment.ts";
import type { World } from "./http/environment.ts";
import type { Event, Handler } from "./http/handler.ts";
import { lambda } from "./http/lambda.ts";
import { plainPath, unrouted } from "./http/not-routed.ts";
import { operation } from "./http/operation.ts";
import { routerOf } from "./http/router.ts";
import { type Led, modules } from "./modules.ts";
import { dialectOf } from "./services.ts";

/**
 * The function of API Gateway's $default route: what no route of the register takes. It serves the
 * spellings that a dialect is lenient about (a slash at the end, ".json") by the operation meant, and
 * for all else gives the dialect's own 404 or 405, not the gateway's. An operation is loaded when
 * somebody means it.
 */
export function fallback(world: World, led: readonly Led[]): Handler {
  const { match, methods } = routerOf(led.filter(({ isAnnex }) => !isAnnex));

  const elsewhere = operation({
    id: "fallback",
    service: "root",
    route: "ANY $default",
    access: "public",
    dynamoCalls: [],
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
    if (meant && !meant.route.signs && (dialect.lenientPaths || meant.route.isAtRoot)) {
      const { route, parameters } = meant;
      const spelt = { ...event, rawPath, routeKey: route.key, pathParameters: { ...parameters } };
      return (await route.load()).handler(spelt, context);
    }
    return (dialect.name === "discovery" ? answerElsewhere : answerUnrouted)(event, context);
  };
}

export const handler = fallback(deployed, modules);
