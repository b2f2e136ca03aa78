import { malformed } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import { type Instant, observe } from "../domain/lifecycle.ts";
import type { Server } from "../domain/server.ts";
import { statusOf } from "../domain/status.ts";
import { type Column, columns } from "./list-columns.ts";
import { pattern } from "./pattern.ts";
import { flag } from "./shapes.ts";

export type Keep = (server: Server) => boolean;

interface Filter {
  /** From which version on it is for everybody; for administrators alone where it does not say. */
  readonly since?: number;
  keep(value: string, now: Instant): Keep;
}

const exactly = (column: Column, since?: number): Filter => ({
  ...(since !== undefined && { since }),
  keep: (value, now) => (server) => String(columns[column](server, now) ?? "") === value,
});

const matching = (column: Column, since?: number): Filter => ({
  ...(since !== undefined && { since }),
  keep(value, now) {
    const fits = pattern(column, value);
    return (server) => {
      const there = columns[column](server, now);
      return there !== null && fits(String(there));
    };
  },
});

const address = (version: 4 | 6, since: number): Filter => ({
  since,
  keep(value) {
    const fits = pattern(version === 4 ? "ip" : "ip6", `^(?:${value})`);
    return ({ addresses }) =>
      addresses.some((one) => one.version === version && one.type === "fixed" && fits(one.addr));
  },
});

const tagged = (keep: (has: (tag: string) => boolean, asked: string[]) => boolean): Filter => ({
  since: 26,
  keep: (value) => {
    const asked = value.split(",");
    return ({ tags }) => keep((tag) => tags.includes(tag), asked);
  },
});

/**
 * What a list may be filtered by: what Nova compares, it compares whole, and takes the rest for a
 * regular expression (nova/api/openstack/compute/servers.py:1555, nova/db/main/api.py:1827).
 */
const filters: Readonly<Record<string, Filter>> = {
  name: matching("display_name", 1),
  image: exactly("image_ref", 1),
  flavor: exactly("instance_type_id", 1),
  reservation_id: matching("reservation_id", 1),
  ip: address(4, 1),
  ip6: address(6, 5),
  tags: tagged((has, asked) => asked.every(has)),
  "tags-any": tagged((has, asked) => asked.some(has)),
  "not-tags": tagged((has, asked) => !asked.every(has)),
  "not-tags-any": tagged((has, asked) => !asked.some(has)),
  locked: {
    since: 73,
    keep: (value) => {
      const locked = flag(value);
      return ({ lock }) => (lock !== null) === locked;
    },
  },
  availability_zone: matching("availability_zone", 83),
  config_drive: matching("config_drive", 83),
  key_name: matching("key_name", 83),
  created_at: matching("created_at", 83),
  launched_at: matching("launched_at", 83),
  terminated_at: matching("terminated_at", 83),
  power_state: matching("power_state", 83),
  task_state: exactly("task_state", 83),
  vm_state: exactly("vm_state", 83),
  progress: matching("progress", 83),
  user_id: exactly("user_id", 83),
  hostname: matching("hostname", 90),
  access_ip_v4: matching("access_ip_v4"),
  access_ip_v6: matching("access_ip_v6"),
  auto_disk_config: matching("auto_disk_config"),
  display_description: matching("display_description"),
  display_name: matching("display_name"),
  host: exactly("host"),
  image_ref: exactly("image_ref"),
  kernel_id: matching("kernel_id"),
  launch_index: matching("launch_index"),
  locked_by: matching("locked_by"),
  node: matching("node"),
  ramdisk_id: matching("ramdisk_id"),
  root_device_name: matching("root_device_name"),
  uuid: exactly("uuid"),
};

interface Asked {
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly microversion: number;
  readonly now: Instant;
}

/** Whether such a filter counts for this caller; one that does not is passed over. */
export function counts(name: string, since: number | undefined, asked: Asked): boolean {
  if (!asked.query.has(name)) return false;
  return holds(asked.caller, "admin") || (since !== undefined && since <= asked.microversion);
}

/** What of a query says which servers to keep; of a filter said twice the last counts. */
export function filtersOf(asked: Asked): Keep[] {
  const { query, now } = asked;
  return Object.entries(filters)
    .filter(([name, { since }]) => counts(name, since, asked))
    .map(([name, { keep }]) => keep(query.getAll(name).at(-1) ?? "", now));
}

/** The servers in any of the statuses said (nova/api/openstack/common.py:91). */
export function inStatus(statuses: readonly string[], now: Instant): Keep {
  return ({ motion }) => statuses.includes(statusOf(observe(motion, now)));
}

/** Nova's table of joined tables (schemas/servers.py JOINED_TABLE_QUERY_PARAMS_SERVERS). */
const joined = new Set([
  ...["block_device_mapping", "services", "metadata", "system_metadata", "info_cache"],
  ...["security_groups", "pci_devices"],
]);

/** What is kept in tables of its own, and what is nobody's business. */
export function refuseJoined(query: URLSearchParams): void {
  for (const name of query.keys())
    if (name.startsWith("_") || joined.has(name)) throw malformed(`Invalid filter field: ${name}.`);
}
