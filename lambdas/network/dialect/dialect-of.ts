import type { Dialect } from "../../http/dialect.ts";
import { neutron } from "./neutron.ts";

export const dialectOf = (): Dialect => neutron;
