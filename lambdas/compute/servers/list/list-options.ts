import { badRequest } from "../../../core/fault.ts";
import { schemaAt } from "../../../http/schema.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import { serverListSchema } from "./list-schema.ts";

export interface ListCall {
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly project: string;
  readonly microversion: number;
}

/** The last value of each parameter, in the order of the query. */
export type ListOptions = ReadonlyMap<string, string>;

/**
 * Filters of non-administrators, with the first microversion
 * (nova/api/openstack/compute/servers.py:1497).
 */
const userFiltersSince: Readonly<Record<string, number>> = {
  reservation_id: 1,
  name: 1,
  status: 1,
  image: 1,
  flavor: 1,
  ip: 1,
  "changes-since": 1,
  all_tenants: 1,
  ip6: 5,
  tags: 26,
  "tags-any": 26,
  "not-tags": 26,
  "not-tags-any": 26,
  "changes-before": 66,
  locked: 73,
  availability_zone: 83,
  config_drive: 83,
  key_name: 83,
  created_at: 83,
  launched_at: 83,
  terminated_at: 83,
  power_state: 83,
  task_state: 83,
  vm_state: 83,
  progress: 83,
  user_id: 83,
  hostname: 90,
};

/** Nova's joined tables (nova/api/openstack/compute/schemas/servers.py:574). */
const joinedTables = new Set([
  ...["block_device_mapping", "services", "metadata", "system_metadata", "info_cache"],
  ...["security_groups", "pci_devices"],
]);

/**
 * Drops parameters that the version's schema lacks (nova/api/validation/__init__.py,
 * _strip_additional_query_parameters) and those a non-administrator may not use
 * (nova/api/openstack/compute/servers.py:1599). Refuses internal names and joined tables.
 */
export function parseListOptions({ query, caller, microversion }: ListCall): ListOptions {
  const { properties = {} } = schemaAt(serverListSchema, microversion);
  const isAdmin = hasRole(caller, "admin");
  const options = new Map<string, string>();
  for (const [name, value] of query) {
    const isInternal = name.startsWith("_");
    if (!isInternal && !Object.hasOwn(properties, name)) continue;
    if (
      !isAdmin &&
      !(Object.hasOwn(userFiltersSince, name) && (userFiltersSince[name] ?? 0) <= microversion)
    )
      continue;
    if (isInternal || joinedTables.has(name)) throw badRequest(`Invalid filter field: ${name}.`);
    options.set(name, value);
  }
  return options;
}
