import type { Records } from "../../ports/backend.ts";
import { noSuch } from "../../core/fault.ts";
import type { Instant } from "../../compute/model/lifecycle.ts";
import type { Kept, Reach } from "./networks.ts";
import { ownedIn } from "../../ports/project-collection.ts";

export interface FloatingIp extends Kept {
  readonly description: string;
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  /** Of the external network. */
  readonly subnet_id: string;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  readonly dns_name: string;
  readonly dns_domain: string;
}

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

/** Leading nowhere. */
export const apart = (one: FloatingIp, now: Instant): FloatingIp => ({
  ...one,
  port_id: null,
  fixed_ip_address: null,
  router_id: null,
  updated: now,
  revision: one.revision + 1,
});

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
