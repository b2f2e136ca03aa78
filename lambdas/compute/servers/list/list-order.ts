import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import type { ListQuery } from "../../../ports/backend.ts";
import type { Server } from "../../model/server.ts";
import { type ColumnValue, findListParameter, listParameters } from "./list-parameters.ts";

/** Documented once and ignored since (nova/api/openstack/compute/schemas/servers.py:588). */
const ignoredKeys: readonly string[] = [
  ...["architecture", "cell_name", "cleaned", "default_ephemeral_device", "default_swap_device"],
  ...["deleted", "deleted_at", "disable_terminate", "ephemeral_gb", "ephemeral_key_uuid", "id"],
  ...["key_data", "launched_on", "memory_mb", "os_type", "reservation_id", "root_gb"],
  ...["shutdown_terminate", "user_data", "vcpus", "vm_mode"],
];

const sortKeys = listParameters.flatMap(({ name, sortBy }) => (sortBy ? [name] : [])).sort();

const enumParameters = (values: readonly string[]) => ({
  type: "array" as const,
  items: { type: "string" as const, enum: values },
});

export const sortKeySchema = {
  versions: { 1: enumParameters([...sortKeys, ...ignoredKeys]), 75: enumParameters(sortKeys) },
};

interface SortCall {
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly microversion: number;
  readonly now: Instant;
}

/**
 * Defaults to created_at desc (nova/api/openstack/common.py, get_sort_params; nova/db/utils.py,
 * process_sort_params).
 */
export function parseServerSort({
  query,
  caller,
  microversion,
  now,
}: SortCall): NonNullable<ListQuery["order"]> {
  const keys = query.getAll("sort_key").map((key) => key.trim());
  const directions = query.getAll("sort_dir").map((direction) => direction.trim());
  if (keys.length === 0) keys.push("created_at");
  if (directions.length === 0) directions.push("desc");
  for (const key of [...keys]) {
    if (isIgnored(key, microversion)) {
      directions.splice(keys.indexOf(key), 1);
      keys.splice(keys.indexOf(key), 1);
    } else if ((key === "host" || key === "node") && !hasRole(caller, "admin"))
      throw new Fault({ kind: "denied", reason: `Only administrators can sort servers by ${key}` });
  }
  if (directions.some((direction) => direction !== "asc" && direction !== "desc"))
    throw badRequest("Invalid input received: Unknown sort direction, must be 'desc' or 'asc'");
  if (directions.length > keys.length)
    throw badRequest("Invalid input received: Sort direction size exceeds sort key size");
  const [key, ...more] = keys;
  if (key === undefined) return "newest";
  // ids begin with the creation instant, so the table is in this order
  if (key === "created_at" && more.length === 0)
    return directions[0] === "desc" ? "newest" : "oldest";
  return compareByColumns(keys, directions, now);
}

const isIgnored = (key: string, microversion: number): boolean =>
  ignoredKeys.includes(key) || (findListParameter(key)?.sortSince ?? 0) > microversion;

/**
 * Nova appends the id to the keys and its "asc" to the directions, however many these are; a key
 * without a direction takes the first (nova/compute/instance_list.py:25, nova/db/utils.py:76).
 */
function compareByColumns(
  keys: readonly string[],
  directions: readonly string[],
  now: Instant,
): (one: Server, other: Server) => number {
  const hasUuid = keys.includes("uuid");
  const allDirections = hasUuid ? directions : [...directions, "asc"];
  const allKeys = hasUuid ? keys : [...keys, "uuid"];
  const columns = allKeys.map((key, index) => ({
    read: findListParameter(key)?.sortBy ?? (() => null),
    sign: (allDirections[index] ?? allDirections[0]) === "asc" ? 1 : -1,
  }));
  return (one, other) => {
    for (const { read, sign } of columns) {
      const order = compareColumnValues(read(one, now), read(other, now));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

/** Sorts as MySQL: null first, case-insensitive. */
function compareColumnValues(one: ColumnValue, other: ColumnValue): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  if (typeof one === "number" || typeof other === "number") return one < other ? -1 : 1;
  const [former, latter] = [one.toUpperCase(), other.toUpperCase()];
  return former === latter ? 0 : former < latter ? -1 : 1;
}
