import { badRequest, conflict, Fault } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Backend } from "../../ports/backend.ts";
import { hostNames } from "../model/host-filters.ts";
import { isServiceUp } from "../repositories/hosts.ts";

/** What stands against moving to a host, or from one. */

/** Without naming it, for users know of no hosts (nova/compute/api.py:240 check_instance_host). */
export async function assertHostUp(
  { records }: Backend,
  { host }: { readonly host: string },
): Promise<void> {
  if (!(await isServiceUp(records, host))) throw conflict("Service is unavailable at this time.");
}

/** Who may say where to is an administrator. */
export function assertMayChooseHost(caller: Caller, action: "migrate" | "migrate_live"): void {
  if (!hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: `os_compute_api:os-migrate-server:${action}:host` });
}

export function assertHostKnown(host: string | null): void {
  if (host !== null && !hostNames.includes(host))
    throw badRequest(`Compute host ${host} could not be found.`);
}
