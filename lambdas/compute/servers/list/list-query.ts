import { isTrue, oslo } from "../../../core/booleans.ts";
import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { parseIsotime } from "../../../core/isotime.ts";
import { pageLimit } from "../../../http/page-limit.ts";
import { hasRole } from "../../../identity/model/identity.ts";
import type { ListQuery } from "../../../ports/backend.ts";
import { observe, type VmState } from "../../model/lifecycle.ts";
import { type Server, updatedAt } from "../../model/server.ts";
import { findStates, type ServerStates } from "../../model/status.ts";
import { strictBoolFromString } from "../schema-fields.ts";
import {
  type ListOptions,
  parseListOptions,
  parseServerFilters,
  type ServerListCall,
} from "./list-filters.ts";
import { parseServerSort } from "./list-order.ts";
import type { ServerPredicate } from "./list-parameters.ts";

/** Checks in Nova's order (nova/api/openstack/compute/servers.py:192). */
export async function parseListQuery(
  call: ServerListCall,
  operation: "index" | "detail",
): Promise<ListQuery> {
  const { query, project, now, microversion } = call;
  const options = new Map(parseListOptions(call));
  const states = query.has("status") ? findStates(query.getAll("status")) : undefined;
  if (states === null) {
    if (microversion >= 38) throw badRequest("Invalid status value");
    return { project, limit: 0, includeDeleted: false, matches: () => false };
  }
  if (states) {
    options.delete("vm_state");
    if (states.tasks) options.delete("task_state");
  }
  const changes = changedPredicates(options, now);
  const deleted = parseDeleted(call, options, states, changes.length > 0);
  const projectFilter = parseProject(call, options, operation);
  const marker = query.getAll("marker").at(-1);
  const predicates: ServerPredicate[] = [
    ...(states ? [hasStatus(states, now)] : []),
    ...changes,
    ...(await parseServerFilters(options, now)),
    ...deletedPredicates(deleted, options.get("soft_deleted"), now),
  ];
  return {
    project: projectFilter,
    limit: pageLimit(query.getAll("limit").at(-1) ?? null),
    ...(marker !== undefined && { marker: marker.toLowerCase().slice(0, 255) }),
    order: parseServerSort(call),
    includeDeleted: deleted !== false,
    matches: (server) => predicates.every((matches) => matches(server)),
  };
}

function hasStatus({ vms, tasks }: ServerStates, now: Instant): ServerPredicate {
  return ({ motion }) => {
    const { vm, task } = observe(motion, now);
    return vms.has(vm) && (tasks === null || (task !== null && tasks.has(task)));
  };
}

/** Nova stores whole seconds. */
function changedPredicates(options: ListOptions, now: Instant): ServerPredicate[] {
  const bound = (name: string) => {
    const text = options.get(name);
    const instant = text === undefined ? undefined : parseIsotime(text);
    if (instant === null) throw badRequest(`Invalid filter field: ${name}.`);
    return instant;
  };
  const since = bound("changes-since");
  const before = bound("changes-before");
  if (since !== undefined && before !== undefined && before < since)
    throw badRequest("The value of changes-since must be less than or equal to changes-before.");
  const updated = (server: Server): Instant => Math.floor(updatedAt(server, now) / 1_000) * 1_000;
  return [
    ...(since === undefined
      ? []
      : [((server) => updated(server) >= since) satisfies ServerPredicate]),
    ...(before === undefined
      ? []
      : [((server) => updated(server) <= before) satisfies ServerPredicate]),
  ];
}

/**
 * Selects deleted servers (true), others (false) or both (null): a changed range includes deleted
 * ones (E-08). Filtering by status needs an administrator.
 */
function parseDeleted(
  { caller }: ServerListCall,
  options: ListOptions,
  states: ServerStates | undefined,
  changed: boolean,
): boolean | null {
  if (states?.vms.size === 1 && states.vms.has("deleted")) {
    if (hasRole(caller, "admin")) return true;
    throw new Fault({ kind: "denied", reason: "Only administrators may list deleted instances" });
  }
  const text = options.get("deleted");
  if (text !== undefined) return isTrue(oslo, text);
  return changed ? null : false;
}

/** Soft-deleted counts as deleted unless `soft_deleted` is given (nova/db/main/api.py:1768). */
function deletedPredicates(
  deleted: boolean | null,
  softDeleted: string | undefined,
  now: Instant,
): ServerPredicate[] {
  if (deleted === null) return [];
  const states: readonly VmState[] = softDeleted === "" ? ["deleted"] : ["deleted", "soft-delete"];
  if (deleted) return [({ motion }) => states.includes(observe(motion, now).vm)];
  return softDeleted ? [] : [({ motion }) => observe(motion, now).vm !== "soft-delete"];
}

/**
 * null for every project; "" counts as yes (E-10). A non-administrator lists only the own project.
 */
function parseProject(
  { caller, project }: ServerListCall,
  options: ListOptions,
  operation: string,
): string | null {
  const allTenants = options.get("all_tenants");
  if (allTenants === undefined || (allTenants !== "" && !strictBoolFromString(allTenants)))
    return project;
  if (!hasRole(caller, "admin"))
    throw new Fault({
      kind: "forbidden",
      rule: `os_compute_api:servers:${operation}:get_all_tenants`,
    });
  const projectFilters = [...options].filter(
    ([name]) => name === "project_id" || name === "tenant_id",
  );
  return projectFilters.at(-1)?.[1] ?? null;
}
