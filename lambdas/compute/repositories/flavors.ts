import type { Instant } from "../../core/instant.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import { nameClaims } from "../../ports/name-claims.ts";
import type { Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { type Flavor, seedFlavors } from "../model/flavor.ts";

export const flavorsIn = (records: Records): SeededCollection<Flavor> =>
  seededCollection(records, "FLAVORS", seedFlavors);

/** One of concurrent creates has a name (uniq_flavors0name0deleted in nova/db/api/models.py). */
export const flavorNames = (records: Records) => {
  const claims = nameClaims(
    records,
    async ({ id, name }) => (await flavorsIn(records).findById(id))?.name === name,
  );
  const scoped = ({ id, name }: Pick<Flavor, "id" | "name">) => ({ scope: "FLAVORS", name, id });
  return {
    claim: (flavor: Flavor, now: Instant) => claims.claim(scoped(flavor), now),
    release: (flavor: Flavor, now: Instant) => claims.release(scoped(flavor), now),
  };
};

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
