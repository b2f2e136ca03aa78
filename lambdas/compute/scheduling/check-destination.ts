import { badRequest, conflict, Fault } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Backend } from "../../ports/backend.ts";
import { hostNames } from "../model/host-filters.ts";
import { isServiceUp } from "../repositories/hosts.ts";

/** Does not name the host, which users may not know. */
export async function assertHostUp(
  { records }: Backend,
  { host }: { readonly host: string },
): Promise<void> {
  if (!(await isServiceUp(records, host))) throw conflict("Service is unavailable at this time.");
}

export function assertMayChooseHost(caller: Caller, action: "migrate" | "migrate_live"): void {
  if (!hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: `os_compute_api:os-migrate-server:${action}:host` });
}

export function assertHostKnown(host: string | null): void {
  if (host !== null && !hostNames.includes(host))
    throw badRequest(`Compute host ${host} could not be found.`);
}
