import { type Caller, holds } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import { type Collection, collectionOf } from "../../ports/seeded-collection.ts";
import { type Flavor, flavors } from "../model/flavor.ts";

/** The flavors there are now. */
export const flavorsIn = (records: Records): Collection<Flavor> =>
  collectionOf(records, "FLAVORS", flavors);

/** A private flavor is there for administrators and the projects it is open to alone (E-38). */
export const isOpenTo = ({ isPublic, access }: Flavor, caller: Caller): boolean =>
  isPublic || holds(caller, "admin") || access.includes(caller.project?.id ?? "");

/** The flavor of that id, if there is one for this caller. (GetItem) */
export async function flavorFor(
  records: Records,
  id: string,
  caller: Caller,
): Promise<Flavor | null> {
  const flavor = await flavorsIn(records).withId(id);
  return flavor && isOpenTo(flavor, caller) ? flavor : null;
}
