import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Reach } from "../../core/project-scope.ts";
import { ownedIn } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { apart, type FloatingIp } from "../model/floating-ip.ts";

export const floatingIpsIn = (records: Records) => ownedIn<FloatingIp>(records, "FLOATINGIPS");

/** (GetItem) */
export async function floatingIpWith(
  records: Records,
  reach: Reach,
  id: string,
): Promise<FloatingIp> {
  const found = await floatingIpsIn(records).withId(reach, id);
  if (!found) throw noSuch("floatingip", id);
  return found;
}

/** Those that lead to some port. (Query) */
export const floatingTo = async (
  records: Records,
  project: string,
  ports: ReadonlySet<string>,
): Promise<FloatingIp[]> =>
  (await floatingIpsIn(records).all({ project, everywhere: false })).filter(
    ({ port_id }) => port_id !== null && ports.has(port_id),
  );

/** As a port goes, what leads to it leads nowhere. (Query, and GetItem, PutItem for each) */
export async function loosen(
  records: Records,
  project: string,
  ports: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  const leading = await floatingTo(records, project, ports);
  const free = (one: FloatingIp) =>
    one.port_id !== null && ports.has(one.port_id) ? apart(one, now) : one;
  await Promise.all(leading.map((one) => floatingIpsIn(records).change(one, free)));
}
