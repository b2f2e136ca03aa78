import { isTrue, oslo } from "../core/booleans.ts";
import { Fault } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { ProjectScope } from "../core/project-scope.ts";
import { type Caller, hasRole } from "../identity/model/identity.ts";

export interface VolumeCall {
  readonly caller: Caller;
  readonly project: string;
  /** Includes `project_id` if the URL names the project. */
  readonly path: object;
  readonly query: URLSearchParams;
  /** The N of 3.N. */
  readonly microversion: number;
  readonly origin: string;
  readonly now: Instant;
}

export const isAdmin = ({ caller }: Pick<VolumeCall, "caller">): boolean =>
  hasRole(caller, "admin");

export const projectScopeOf = (call: Pick<VolumeCall, "caller" | "project">): ProjectScope => ({
  project: call.project,
  allProjects: isAdmin(call),
});

/** `all_tenants` widens an administrator's list to every project. */
export const listScopeOf = (call: VolumeCall): ProjectScope => ({
  project: call.project,
  allProjects: isAdmin(call) && isTrue(oslo, call.query.get("all_tenants") ?? "0"),
});

/** Throws `forbidden`. */
export function assertAdmin(call: Pick<VolumeCall, "caller">, rule: string): void {
  if (!isAdmin(call)) throw new Fault({ kind: "forbidden", rule });
}
