import { Fault, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Caller, holds } from "../../../identity/model/identity.ts";
import type { Records } from "../../../ports/records.ts";
import { hostNames, type Wish, zonesOf } from "../../model/host-filters.ts";
import { candidatesIn } from "../../repositories/host-states.ts";
import { internalZone } from "../../repositories/hosts.ts";
import type { BootRequest } from "./create-schema.ts";

/**
 * Where a server is to run: in a zone, and for administrators on a host, said as `zone:host[:node]` or
 * from 2.74 on by itself (nova/api/openstack/compute/servers.py:782, nova/compute/api.py:651). A host
 * that is said with its zone is not looked for: where it is not there the server ends in ERROR.
 */
export async function placeOf(
  request: BootRequest,
  { caller, now }: { readonly caller: Caller; readonly now: Instant },
  records: Records,
): Promise<Pick<Wish, "zone" | "only">> {
  const asked = request.availability_zone?.trim();
  const [requested = "", forcedHost, forcedNode, ...more] = asked?.split(":") ?? [];
  if (more.length > 0) throw malformed("Invalid input received: Unable to parse availability_zone");
  const forced = [forcedHost, forcedNode].filter((name) => name);
  if (forced.length > 0) permit(caller, "os_compute_api:servers:create:forced_host");
  const wanted = [request.host, request.hypervisor_hostname].filter((name) => name !== undefined);
  if (wanted.length > 0) permit(caller, "compute:servers:create:requested_destination");
  if (forced.length > 0 && wanted.length > 0)
    throw malformed(
      "One mechanism with host and/or hypervisor_hostname and another mechanism with zone:host:node are mutually exclusive.",
    );
  const strange = wanted.find((name) => !hostNames.includes(name));
  if (strange !== undefined) throw malformed(`Compute host ${strange} could not be found.`);
  if (requested && forced.length === 0) await refuseShut(requested, records, now);
  return { zone: requested || null, only: [...forced, ...wanted][0] ?? null };
}

/** Nova's own zone is one of those that there are (nova/compute/api.py:2273). */
export async function refuseShut(zone: string, records: Records, now: Instant): Promise<void> {
  const { open } = zonesOf(await candidatesIn(records, now));
  if (![...open, internalZone].includes(zone))
    throw malformed("The requested availability zone is not available");
}

function permit(caller: Caller, rule: string): void {
  if (!holds(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
}
