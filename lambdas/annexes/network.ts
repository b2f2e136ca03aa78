import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** All of Neutron. */
export const networkAnnex = {
  id: "annexes/network",
  doors: ["/network"],
  operations: {},
} satisfies Annex;

export const handler = annex(networkAnnex);
