import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { disassociate, type FloatingIp } from "../model/floating-ip.ts";

export const floatingIpsIn = (records: Records) =>
  projectCollection<FloatingIp>(records, "FLOATINGIPS");

/** Throws `no-such`. @calls GetItem */
export async function getFloatingIp(
  records: Records,
  scope: ProjectScope,
  id: string,
): Promise<FloatingIp> {
  const found = await floatingIpsIn(records).findById(scope, id);
  if (!found) throw notFound("floatingip", id);
  return found;
}

/** @calls Query */
export const floatingIpsOf = async (
  records: Records,
  project: string,
  ports: ReadonlySet<string>,
): Promise<FloatingIp[]> =>
  (await floatingIpsIn(records).all({ project, allProjects: false })).filter(
    ({ port_id }) => port_id !== null && ports.has(port_id),
  );

/** @calls Query; per floating IP GetItem, PutItem */
export async function disassociateAll(
  records: Records,
  project: string,
  ports: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  const associated = await floatingIpsOf(records, project, ports);
  const disassociateIfStillOn = (one: FloatingIp) =>
    one.port_id !== null && ports.has(one.port_id) ? disassociate(one, now) : one;
  await Promise.all(
    associated.map((one) => floatingIpsIn(records).change(one, disassociateIfStillOn)),
  );
}
