import type { Handler } from "./http/handler.ts";
import { modules } from "./modules.ts";

/**
 * All functions in one, for where a cold start each costs more than it is worth: it loads the module
 * that the route leads to when it is first asked for, and that is the very function that would have
 * been deployed by itself. So the key that tokens are signed with too is read by who issues one.
 */
export const handler: Handler = async (event, context) => {
  const module = await (byRoute.get(event.routeKey)?.load ?? fallback)();
  return module.handler(event, context);
};

const byRoute = new Map(modules.map((led) => [led.key, led]));
const fallback = () => import("./fallback.ts");
