import { Fault, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { isotime } from "../../../core/isotime.ts";
import { longestPage } from "../../../http/page-limit.ts";
import { holds } from "../../../identity/model/identity.ts";
import type { ListQuery } from "../../../ports/backend.ts";
import { observe, type VmState } from "../../model/lifecycle.ts";
import { type Server, updatedAt } from "../../model/server.ts";
import { type States, statesOf } from "../../model/status.ts";
import { flag, truthy } from "../schema-fields.ts";
import { filtersOf, type Keep } from "./list-filters.ts";
import { type Asked as Asking, type Options, optionsOf } from "./list-options.ts";
import { orderOf } from "./list-order.ts";

interface Asked extends Asking {
  readonly now: Instant;
}

/** What a list is asked for, or why it cannot be (nova/api/openstack/compute/servers.py:192). */
export function listQuery(asked: Asked, operation: "index" | "detail"): ListQuery {
  const { query, project, now, microversion } = asked;
  const options = new Map(optionsOf(asked));
  const states = query.has("status") ? statesOf(query.getAll("status")) : undefined;
  if (states === null) {
    if (microversion >= 38) throw malformed("Invalid status value");
    return { project, limit: 0, gone: false, keep: () => false };
  }
  if (states) {
    options.delete("vm_state");
    if (states.tasks) options.delete("task_state");
  }
  const changes = changesOf(options, now);
  const deleted = deletedOf(asked, options, states, changes.length > 0);
  const within = projectOf(asked, options, operation);
  const marker = query.getAll("marker").at(-1);
  const keeps: Keep[] = [
    ...(states ? [inStates(states, now)] : []),
    ...changes,
    ...filtersOf(options, now),
    ...remaining(deleted, options.get("soft_deleted"), now),
  ];
  return {
    project: within,
    limit: Math.min(Number(query.getAll("limit").at(-1) ?? longestPage), longestPage),
    ...(marker !== undefined && { marker: marker.toLowerCase().slice(0, 255) }),
    order: orderOf(asked),
    gone: deleted !== false,
    keep: (server) => keeps.every((fits) => fits(server)),
  };
}

function inStates({ vms, tasks }: States, now: Instant): Keep {
  return ({ motion }) => {
    const { vm, task } = observe(motion, now);
    return vms.has(vm) && (tasks === null || (task !== null && tasks.has(task)));
  };
}

/** Nova's table keeps whole seconds. */
function changesOf(options: Options, now: Instant): Keep[] {
  const bound = (name: string) => {
    const text = options.get(name);
    const instant = text === undefined ? undefined : isotime(text);
    if (instant === null) throw malformed(`Invalid filter field: ${name}.`);
    return instant;
  };
  const since = bound("changes-since");
  const before = bound("changes-before");
  if (since !== undefined && before !== undefined && before < since)
    throw malformed("The value of changes-since must be less than or equal to changes-before.");
  const updated = (server: Server): Instant => Math.floor(updatedAt(server, now) / 1_000) * 1_000;
  return [
    ...(since === undefined ? [] : [((server) => updated(server) >= since) satisfies Keep]),
    ...(before === undefined ? [] : [((server) => updated(server) <= before) satisfies Keep]),
  ];
}

/**
 * Whether servers that are gone are asked for, and they alone; null for both kinds, which is what
 * changed within bounds (E-08). Users may not ask by the status.
 */
function deletedOf(
  { caller }: Asked,
  options: Options,
  states: States | undefined,
  changed: boolean,
): boolean | null {
  if (states?.vms.size === 1 && states.vms.has("deleted")) {
    if (holds(caller, "admin")) return true;
    throw new Fault({ kind: "denied", reason: "Only administrators may list deleted instances" });
  }
  const asked = options.get("deleted");
  if (asked !== undefined) return truthy.test(asked.trim());
  return changed ? null : false;
}

/** What is soft-deleted counts as gone, unless `soft_deleted` says otherwise (nova/db/main/api.py:1768). */
function remaining(deleted: boolean | null, soft: string | undefined, now: Instant): Keep[] {
  if (deleted === null) return [];
  const states: readonly VmState[] = soft === "" ? ["deleted"] : ["deleted", "soft-delete"];
  if (deleted) return [({ motion }) => states.includes(observe(motion, now).vm)];
  return soft ? [] : [({ motion }) => observe(motion, now).vm !== "soft-delete"];
}

/** null for every project; "" counts as yes (E-10). Another project is nobody's who asks for his own. */
function projectOf({ caller, project }: Asked, options: Options, operation: string): string | null {
  const asked = options.get("all_tenants");
  if (asked === undefined || (asked !== "" && !flag(asked))) return project;
  if (!holds(caller, "admin"))
    throw new Fault({
      kind: "forbidden",
      rule: `os_compute_api:servers:${operation}:get_all_tenants`,
    });
  const named = [...options].filter(([name]) => name === "project_id" || name === "tenant_id");
  return named.at(-1)?.[1] ?? null;
}
