import { fallback } from "../../lambdas/fallback.ts";
import type { World } from "../../lambdas/http/environment.ts";
import { handlerOf } from "../../lambdas/http/function-group.ts";
import type { Handler } from "../../lambdas/http/handler.ts";
import { ledTo } from "../../lambdas/modules.ts";
import { type Entry, routes } from "../../lambdas/routes.ts";

/** The function for an entry of the register, or for what has no route. */
export type Functions = (entry: Entry | null) => Handler;

/** Those of a world: what a module's own `handler` is in the world of a deployment. */
export function functionsIn(world: World): Functions {
  const made = new Map<Entry, Handler>();
  const handlerFor = (entry: Entry): Handler => {
    const handler = made.get(entry) ?? handlerOf(entry.target, world);
    made.set(entry, handler);
    return handler;
  };
  const led = routes.map((route) =>
    ledTo(route, async () => ({ handler: handlerFor(route.entry) })),
  );
  return (entry) => (entry ? handlerFor(entry) : fallback(world, led));
}
