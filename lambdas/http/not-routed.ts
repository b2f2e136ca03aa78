import { Fault } from "../core/fault.ts";
import { trimEnd } from "../core/trim.ts";
import type { Environment } from "./environment.ts";
import type { Handler } from "./handler.ts";
import { lambda } from "./lambda.ts";
import { operation } from "./operation.ts";

/**
 * Answers a request without a route in the dialect's words: 405 where the path has other methods,
 * 410 for a removed route, 404 otherwise. A 401 comes first, except for consoles, whose credentials
 * are in the path.
 */
export function notRoutedHandler(
  environment: Environment,
  methods: (path: string) => readonly string[],
): Handler {
  /** `run` always throws; the declared response is never sent. */
  const handlerFor = (
    access: "public" | "authenticated",
    answerAuthenticated: "ok" | "consolePage",
  ) =>
    lambda(
      operation({
        id: "unrouted",
        service: "root",
        route: "ANY /{path}",
        access,
        dynamoCalls: [],
        answer: answerAuthenticated,
        async run({ path }) {
          const allowed = methods(normalizePath(path.path));
          throw new Fault(
            allowed.length > 0 ? { kind: "wrong-method", allowed } : { kind: "no-such-route" },
          );
        },
      }),
      environment,
    );
  const answerAuthenticated = handlerFor("authenticated", "ok");
  const answerRemoved = lambda(
    operation({
      id: "withdrawn",
      service: "compute",
      route: "ANY /{path}",
      access: "authenticated",
      dynamoCalls: [],
      answer: "ok",
      run: () => Promise.reject(new Fault({ kind: "withdrawn" })),
    }),
    environment,
  );
  const answerPublic = handlerFor("public", "consolePage");
  return (event, context) => {
    const { method } = event.requestContext.http;
    const { name, findRemovedRoute } = environment.dialectOf(event.rawPath, event.headers);
    const parameters = findRemovedRoute?.(method, event.rawPath);
    // Nova routes these to controllers that answer 410
    if (parameters)
      return answerRemoved(
        { ...event, routeKey: `${method} ${event.rawPath}`, pathParameters: parameters },
        context,
      );
    environment.onNotRouted?.(`${method} ${event.rawPath}`);
    return (name === "console" ? answerPublic : answerAuthenticated)(
      { ...event, pathParameters: { path: event.rawPath } },
      context,
    );
  };
}

/** Removes a final slash or ".json". */
export const normalizePath = (path: string): string =>
  trimEnd(path, "/").replace(/\.json$/, "") || "/";
