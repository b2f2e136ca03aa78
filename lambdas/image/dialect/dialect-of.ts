import type { Dialect } from "../../http/dialect.ts";
import { glance } from "./glance.ts";

export const dialectOf = (): Dialect => glance;
