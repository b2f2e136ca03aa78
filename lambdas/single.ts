import type { Context } from "aws-lambda";
import { fallback } from "./fallback.ts";
import { handlerOf } from "./http/annex.ts";
import type { Event, Handler } from "./http/serving.ts";
import { signing } from "./http/signing-key.ts";
import type { World } from "./http/world.ts";
import { type Entry, routes } from "./routes.ts";

/** Every operation in one function, which API Gateway has found by its route already. */
export function single(world: World = signing): Handler {
  const served = new Map(routes.map(({ key, entry }) => [key, entry]));
  const handlers = new Map<Entry, Handler>();
  const otherwise = fallback(world);

  return (event: Event, context: Context) => {
    const entry = served.get(event.routeKey);
    if (!entry) return otherwise(event, context);
    const handler = handlers.get(entry) ?? handlerOf(entry.target, world);
    handlers.set(entry, handler);
    return handler(event, context);
  };
}

export const handler = single();
