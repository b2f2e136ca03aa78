import type { Dialect } from "../../http/dialect.ts";
import { cinder } from "./cinder.ts";

export const dialectOf = (): Dialect => cinder;
