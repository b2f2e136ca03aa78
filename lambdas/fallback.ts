import type { Context } from "aws-lambda";
import { choicesDocument } from "./compute/versions/nova-versions.ts";
import type { Environment } from "./http/environment.ts";
import type { Event, Handler } from "./http/handler.ts";
import { lambda } from "./http/lambda.ts";
import { normalizePath, notRoutedHandler } from "./http/not-routed.ts";
import { operation } from "./http/operation.ts";
import { createPathRouter } from "./http/router.ts";

/** A route of API Gateway and the function that serves it, loaded on its first request. */
export interface FunctionRoute {
  readonly key: string;
  /** The function serves every path under its mounts. */
  readonly isGroup: boolean;
  readonly signsTokens: boolean;
  /** Belongs to no service: a version document, a console. */
  readonly isAtRoot: boolean;
  load(): Promise<{ readonly handler: Handler }>;
}

/**
 * The function of API Gateway's $default route. It serves the spellings that a dialect accepts besides
 * (a slash at the end, ".json") by the operation that the path means, and answers the rest with the
 * dialect's own 404 or 405 instead of the gateway's.
 */
export function fallbackHandler(
  environment: Environment,
  routes: readonly FunctionRoute[],
): Handler {
  const { match, methods } = createPathRouter(routes.filter(({ isGroup }) => !isGroup));

  const versionChoices = operation({
    id: "fallback",
    service: "root",
    route: "ANY $default",
    access: "public",
    dynamoCalls: [],
    answer: "multipleChoices",
    run: async ({ origin }) => choicesDocument(origin),
  });

  const answerNotRouted = notRoutedHandler(environment, methods);
  const answerVersionChoices = lambda(versionChoices, environment);

  return async (event: Event, context: Context) => {
    const { method } = event.requestContext.http;
    const dialect = environment.dialectOf(event.rawPath, event.headers);
    const rawPath = normalizePath(event.rawPath);
    const normalizedMatch = rawPath === event.rawPath ? null : match(method, rawPath);
    // this function does not have the key that signs tokens
    if (
      normalizedMatch &&
      !normalizedMatch.route.signsTokens &&
      (dialect.hasLenientPaths || normalizedMatch.route.isAtRoot)
    ) {
      const { route, parameters } = normalizedMatch;
      const normalizedEvent = {
        ...event,
        rawPath,
        routeKey: route.key,
        pathParameters: { ...parameters },
      };
      return (await route.load()).handler(normalizedEvent, context);
    }
    return (dialect.name === "discovery" ? answerVersionChoices : answerNotRouted)(event, context);
  };
}
