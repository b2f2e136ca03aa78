import type { Context } from "aws-lambda";
import { dialectOf } from "./dialects/dialects.ts";
import { Fault } from "./domain/fault.ts";
import { deployed } from "./http/deployed.ts";
import { lambda } from "./http/lambda.ts";
import { operation } from "./http/operation.ts";
import type { Event, Handler } from "./http/serving.ts";
import type { World } from "./http/world.ts";
import { routerOf } from "./router.ts";
import { type Entry, routes } from "./routes.ts";
import { choicesDocument } from "./versions/nova-versions.ts";

/**
 * The function of API Gateway's $default route: what no route of the register takes. It serves the
 * spellings that a dialect is lenient about (a slash at the end, ".json") by the operation meant, and
 * for all else gives the dialect's own 404 or 405, not the gateway's.
 */
export function fallback(world: World = deployed): Handler {
  const { match, methods } = routerOf(routes);
  const handlers = new Map<Entry, Handler>();

  const handlerOf = (entry: Entry) => {
    const handler = handlers.get(entry) ?? lambda(entry.target, world);
    handlers.set(entry, handler);
    return handler;
  };

  /** The caller is known before the route is (facts: nova-observed, 401 comes first). */
  const unrouted = operation({
    id: "fallback",
    service: "root",
    route: "ANY /{path}",
    access: "authenticated",
    calls: [],
    answer: "document",
    async run({ path }) {
      const allowed = methods(plainPath(path.path));
      throw new Fault(
        allowed.length > 0 ? { kind: "wrong-method", allowed } : { kind: "no-such-route" },
      );
    },
  });

  const elsewhere = operation({
    id: "fallback",
    service: "root",
    route: "ANY $default",
    access: "public",
    calls: [],
    answer: "choices",
    run: async ({ origin }) => choicesDocument(origin),
  });

  const answerUnrouted = lambda(unrouted, world);
  const answerElsewhere = lambda(elsewhere, world);

  return async (event: Event, context: Context) => {
    const { method } = event.requestContext.http;
    const dialect = dialectOf(event.rawPath, event.headers);
    const rawPath = plainPath(event.rawPath);
    const meant = rawPath === event.rawPath ? null : match(method, rawPath);
    const [operation] = meant?.route.entry.operations ?? [];
    // version documents have their slash everywhere; the key that signs tokens is not this function's
    const lenient = dialect.lenientPaths || operation?.service === "root";
    if (meant && lenient && !operation?.signs) {
      const { route, parameters } = meant;
      const spelt = { ...event, rawPath, routeKey: route.key, pathParameters: parameters };
      return handlerOf(route.entry)(spelt, context);
    }
    if (dialect.name === "discovery") return answerElsewhere(event, context);
    const named = { ...event, pathParameters: { path: event.rawPath } };
    return answerUnrouted(named, context);
  };
}

/** Without a slash or ".json" at its end. */
const plainPath = (path: string): string => path.replace(/\/+$/, "").replace(/\.json$/, "") || "/";

export const handler = fallback();
