import type { Handler } from "./http/serving.ts";
import { routes } from "./routes.ts";

/**
 * The module of the function that each route leads to, not yet loaded. A bundle has this as a table
 * made beforehand (infra/aws/bundle.ts): to read the register is to load every operation in it.
 */
export const modules: Readonly<Record<string, () => Promise<{ readonly handler: Handler }>>> =
  Object.fromEntries(routes.map(({ key, entry }) => [key, () => import(`./${entry.id}.ts`)]));
