import { Fault } from "../core/fault.ts";
import type { Environment } from "./environment.ts";
import type { Handler } from "./handler.ts";
import { lambda } from "./lambda.ts";
import { operation } from "./operation.ts";

/**
 * Answers what no route takes, in the dialect's own words and not the gateway's: 405 where some other
 * method is taken, 410 where one once was, 404 where none is. The caller is known before the route is (facts: nova-observed,
 * 401 comes first), save for consoles, where nobody has credentials but in a path.
 */
export function notRoutedHandler(
  environment: Environment,
  methods: (path: string) => readonly string[],
): Handler {
  /** It never comes to the answer, but there has to be one that the dialect has words for. */
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
    // Nova's controllers are asked about these
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

/** Without a slash or ".json" at its end. */
export const normalizePath = (path: string): string =>
  path.replace(/\/+$/, "").replace(/\.json$/, "") || "/";
