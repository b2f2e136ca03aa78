import type { Metadata } from "../../lambdas/compute/model/server.ts";

export const metadataOfSize = (count: number, from = 0): Metadata =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${from + i}`, "v"]));
