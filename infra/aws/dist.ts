import { resolve } from "node:path";

/** Where the stack's asset is made; in the package that others install it is there already. */
export const dist = resolve(import.meta.dirname, "../../dist");
