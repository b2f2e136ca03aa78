import type { FunctionRoute } from "./fallback.ts";
import type { Handler } from "./http/handler.ts";

/**
 * All functions in one, for clouds with so few requests that each function would start cold. It loads
 * the function that serves the route: the same one that would be deployed by itself.
 */
export function single(
  routes: readonly Pick<FunctionRoute, "key" | "load">[],
  loadFallback: FunctionRoute["load"],
): Handler {
  const byKey = new Map(routes.map((route) => [route.key, route]));
  return async (event, context) => {
    const { handler } = await (byKey.get(event.routeKey)?.load ?? loadFallback)();
    return handler(event, context);
  };
}
