import { Fault } from "../core/fault.ts";
import type { World } from "./environment.ts";
import type { Handler } from "./handler.ts";
import { lambda } from "./lambda.ts";
import { operation } from "./operation.ts";

/**
 * Answers what no route takes, in the dialect's own words and not the gateway's: 405 where some other
 * method is taken, 410 where one once was, 404 where none is. The caller is known before the route is (facts: nova-observed,
 * 401 comes first), save for consoles, where nobody has credentials but in a path.
 */
export function unrouted(world: World, methods: (path: string) => readonly string[]): Handler {
  /** It never comes to the answer, but there has to be one that the dialect has words for. */
  const answering = (access: "public" | "authenticated", answer: "document" | "consolePage") =>
    lambda(
      operation({
        id: "unrouted",
        service: "root",
        route: "ANY /{path}",
        access,
        dynamoCalls: [],
        answer,
        async run({ path }) {
          const allowed = methods(plainPath(path.path));
          throw new Fault(
            allowed.length > 0 ? { kind: "wrong-method", allowed } : { kind: "no-such-route" },
          );
        },
      }),
      world,
    );
  const answer = answering("authenticated", "document");
  const answerWithdrawn = lambda(
    operation({
      id: "withdrawn",
      service: "compute",
      route: "ANY /{path}",
      access: "authenticated",
      dynamoCalls: [],
      answer: "document",
      run: () => Promise.reject(new Fault({ kind: "withdrawn" })),
    }),
    world,
  );
  const answerAnybody = answering("public", "consolePage");
  return (event, context) => {
    const { method } = event.requestContext.http;
    const { name, withdrawn } = world.dialectOf(event.rawPath, event.headers);
    const parameters = withdrawn?.(method, event.rawPath);
    // Nova's controllers are asked about these
    if (parameters)
      return answerWithdrawn(
        { ...event, routeKey: `${method} ${event.rawPath}`, pathParameters: parameters },
        context,
      );
    world.unserved?.(`${method} ${event.rawPath}`);
    return (name === "console" ? answerAnybody : answer)(
      { ...event, pathParameters: { path: event.rawPath } },
      context,
    );
  };
}

/** Without a slash or ".json" at its end. */
export const plainPath = (path: string): string =>
  path.replace(/\/+$/, "").replace(/\.json$/, "") || "/";
