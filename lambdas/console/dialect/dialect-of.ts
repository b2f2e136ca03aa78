import type { Dialect } from "../../http/dialect.ts";
import { console } from "./console.ts";

export const dialectOf = (): Dialect => console;
