import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { registerModule } from "./register-module.ts";

/** Replaces lambdas/register.ts, which reads the sources, by a generated table. */
export const registerPlugin = (options: Parameters<typeof registerModule>[0]): Plugin => ({
  name: "register",
  setup({ onLoad }) {
    onLoad({ filter: /lambdas[\\/]register\.ts$/ }, () => ({
      contents: registerModule(options),
      resolveDir: resolve(import.meta.dirname, "../../lambdas"),
    }));
  },
});
