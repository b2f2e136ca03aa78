import type { Handler } from "./http/handler.ts";
import { type Route, routes } from "./routes.ts";

/** The function that a route leads to, and whatever else is to be known of it before it is loaded. */
export interface Led {
  /** As API Gateway has the route. */
  readonly key: string;
  /** Serves whatever is under its doors (lambdas/http/function-group.ts). */
  readonly isAnnex: boolean;
  /** Holds the private key that tokens are signed with. */
  readonly signs: boolean;
  /** Belongs to no service: a version document, a console. */
  readonly isAtRoot: boolean;
  load(): Promise<{ readonly handler: Handler }>;
}

export const ledTo = ({ key, entry }: Route, load: Led["load"]): Led => ({
  key,
  isAnnex: "operations" in entry.target,
  signs: entry.signs,
  isAtRoot: entry.service === "root",
  load,
});

/**
 * Every route, with the module of its function not yet loaded. A bundle has this as a table made
 * beforehand (infra/aws/bundle.ts): to read the register is to load every operation in it.
 */
export const modules: readonly Led[] = routes.map((route) => {
  // not said in the call itself: a bundler would take it for all the modules that it might be
  const module = `./${route.entry.id}.ts`;
  return ledTo(route, () => import(module));
});
