import type { Dialect } from "../../http/dialect.ts";
import { keystone } from "./keystone.ts";

export const dialectOf = (): Dialect => keystone;
