import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import type { Records } from "../../../ports/records.ts";
import { availabilityZones, hostNames, type RequestSpec } from "../../model/host-filters.ts";
import { getHostStates } from "../../repositories/host-states.ts";
import { internalZone } from "../../repositories/hosts.ts";
import type { BootRequest } from "./create-schema.ts";

/**
 * Administrators name a host as `zone:host[:node]` or, since 2.74, a member
 * (nova/api/openstack/compute/servers.py:782, nova/compute/api.py:651). An unknown host in
 * `zone:host` ends in ERROR.
 */
export async function parseDestination(
  request: BootRequest,
  { caller, now }: { readonly caller: Caller; readonly now: Instant },
  records: Records,
): Promise<Pick<RequestSpec, "zone" | "requestedDestination">> {
  const zoneParameter = request.availability_zone?.trim();
  const [zone = "", forcedHost, forcedNode, ...more] = zoneParameter?.split(":") ?? [];
  if (more.length > 0)
    throw badRequest("Invalid input received: Unable to parse availability_zone");
  const forcedHosts = [forcedHost, forcedNode].filter((name) => name);
  if (forcedHosts.length > 0) assertAdmin(caller, "os_compute_api:servers:create:forced_host");
  const requestedHosts = [request.host, request.hypervisor_hostname].filter(
    (name) => name !== undefined,
  );
  if (requestedHosts.length > 0)
    assertAdmin(caller, "compute:servers:create:requested_destination");
  if (forcedHosts.length > 0 && requestedHosts.length > 0)
    throw badRequest(
      "One mechanism with host and/or hypervisor_hostname and another mechanism with zone:host:node are mutually exclusive.",
    );
  const unknownHost = requestedHosts.find((name) => !hostNames.includes(name));
  if (unknownHost !== undefined)
    throw badRequest(`Compute host ${unknownHost} could not be found.`);
  if (zone && forcedHosts.length === 0) await assertZoneAvailable(zone, records, now);
  return {
    zone: zone || null,
    requestedDestination: [...forcedHosts, ...requestedHosts][0] ?? null,
  };
}

/** The internal zone counts as available (nova/compute/api.py:2273). */
export async function assertZoneAvailable(
  zone: string,
  records: Records,
  now: Instant,
): Promise<void> {
  const { available } = availabilityZones(await getHostStates(records, now));
  if (![...available, internalZone].includes(zone))
    throw badRequest("The requested availability zone is not available");
}

function assertAdmin(caller: Caller, rule: string): void {
  if (!hasRole(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
}
