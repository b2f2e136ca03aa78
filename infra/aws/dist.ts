import { resolve } from "node:path";

/** The folder of the stack's asset. An installed package contains it. */
export const dist = resolve(import.meta.dirname, "../../dist");
