import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { type Flavor, seedFlavors } from "../model/flavor.ts";

export const flavorsIn = (records: Records): SeededCollection<Flavor> =>
  seededCollection(records, "FLAVORS", seedFlavors);

/** A private flavor is for administrators and the projects in `access` (E-38). */
export const canUseFlavor = ({ isPublic, access }: Flavor, caller: Caller): boolean =>
  isPublic || hasRole(caller, "admin") || access.includes(caller.project?.id ?? "");

/**
 * Returns null where the caller may not use it.
 * @calls GetItem
 */
export async function findFlavor(
  records: Records,
  id: string,
  caller: Caller,
): Promise<Flavor | null> {
  const flavor = await flavorsIn(records).findById(id);
  return flavor && canUseFlavor(flavor, caller) ? flavor : null;
}
