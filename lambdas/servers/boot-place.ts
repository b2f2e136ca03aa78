import { Fault, malformed } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import { hostNames } from "../domain/placement.ts";
import type { BootRequest } from "./boot-request.ts";

/** The one zone there is. */
const zone = "nova";

interface Place {
  readonly zone: string;
  readonly host: string;
  /** The zone asked for; null for any. */
  readonly pinned: string | null;
}

/**
 * Where a server is to run: in a zone, and for administrators on a host, said as `zone:host[:node]` or
 * from 2.74 on by itself (nova/api/openstack/compute/servers.py:782, nova/compute/api.py:651).
 */
export function placeOf(request: BootRequest, caller: Caller): Place {
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
  const strange = [...forced, ...wanted].find((name) => !hostNames.includes(name ?? ""));
  if (strange !== undefined) throw malformed(`Compute host ${strange} could not be found.`);
  if (requested && requested !== zone)
    throw malformed("The requested availability zone is not available");
  return {
    zone,
    host: [...forced, ...wanted][0] ?? hostNames[0] ?? "",
    pinned: requested || null,
  };
}

function permit(caller: Caller, rule: string): void {
  if (!holds(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
}
