import type { Instant } from "../../../core/instant.ts";
import { isDeleted } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import { strictBoolFromString } from "../schema-fields.ts";
import { type Column, serverColumns } from "./list-columns.ts";
import type { ListOptions } from "./list-options.ts";
import { compileRegex } from "./regex-guard.ts";

export type ServerPredicate = (server: Server) => boolean;

type ServerFilter = (value: string, now: Instant) => ServerPredicate;

/** Compares as MySQL: case-insensitive, and null equals nothing. */
const equalsColumn =
  (column: Column): ServerFilter =>
  (value, now) => {
    const expected = value.toLowerCase();
    return (server) => {
      const actual = serverColumns[column](server, now);
      return actual !== null && String(actual).toLowerCase() === expected;
    };
  };

/** Nova escapes the bar: no alternatives (nova/db/utils.py, _safe_regex_mysql). */
const matchesColumn =
  (column: Column): ServerFilter =>
  (value, now) => {
    const matchesPattern = compileRegex(column, value.replaceAll("|", "\\|"), "i");
    return (server) => {
      const actual = serverColumns[column](server, now);
      return actual !== null && matchesPattern(String(actual));
    };
  };

const matchesTags =
  (combine: (hasTag: (tag: string) => boolean, wantedTags: string[]) => boolean): ServerFilter =>
  (value) => {
    const wantedTags = value.split(",");
    return ({ tags }) => combine((tag) => tags.includes(tag), wantedTags);
  };

/** Columns whose parameter has another name (nova/compute/api.py, get_all). */
const columnAliases: Readonly<Record<string, string>> = {
  name: "display_name",
  image: "image_ref",
  flavor: "instance_type_id",
};

/**
 * Nova compares some columns whole and takes the others for regular expressions
 * (nova/db/main/api.py:1827); `description` has no effect.
 */
const serverFilters: Readonly<Record<string, ServerFilter>> = {
  user_id: equalsColumn("user_id"),
  image_ref: equalsColumn("image_ref"),
  vm_state: equalsColumn("vm_state"),
  instance_type_id: equalsColumn("instance_type_id"),
  uuid: equalsColumn("uuid"),
  host: equalsColumn("host"),
  task_state: equalsColumn("task_state"),
  locked: (value) => {
    const locked = strictBoolFromString(value);
    return ({ lock }) => (lock !== null) === locked;
  },
  tags: matchesTags((hasTag, wantedTags) => wantedTags.every(hasTag)),
  "tags-any": matchesTags((hasTag, wantedTags) => wantedTags.some(hasTag)),
  "not-tags": matchesTags((hasTag, wantedTags) => !wantedTags.every(hasTag)),
  "not-tags-any": matchesTags((hasTag, wantedTags) => !wantedTags.some(hasTag)),
  access_ip_v4: matchesColumn("access_ip_v4"),
  access_ip_v6: matchesColumn("access_ip_v6"),
  auto_disk_config: matchesColumn("auto_disk_config"),
  availability_zone: matchesColumn("availability_zone"),
  config_drive: matchesColumn("config_drive"),
  created_at: matchesColumn("created_at"),
  display_description: matchesColumn("display_description"),
  display_name: matchesColumn("display_name"),
  hostname: matchesColumn("hostname"),
  kernel_id: matchesColumn("kernel_id"),
  key_name: matchesColumn("key_name"),
  launch_index: matchesColumn("launch_index"),
  launched_at: matchesColumn("launched_at"),
  locked_by: matchesColumn("locked_by"),
  node: matchesColumn("node"),
  power_state: matchesColumn("power_state"),
  progress: matchesColumn("progress"),
  ramdisk_id: matchesColumn("ramdisk_id"),
  reservation_id: matchesColumn("reservation_id"),
  root_device_name: matchesColumn("root_device_name"),
  terminated_at: matchesColumn("terminated_at"),
};

/** The last of two names of one column counts. */
export function parseServerFilters(options: ListOptions, now: Instant): ServerPredicate[] {
  const values = new Map<ServerFilter, string>();
  for (const [name, value] of options) {
    const filter = serverFilters[columnAliases[name] ?? name];
    if (filter) values.set(filter, value);
  }
  const predicates = [...values].map(([filter, value]) => filter(value, now));
  const addresses = addressPredicate(options.get("ip"), options.get("ip6"), now);
  return addresses ? [...predicates, addresses] : predicates;
}

/** Either address suffices (nova/compute/api.py, _ip_filter); a deleted server has none. */
function addressPredicate(
  ip: string | undefined,
  ip6: string | undefined,
  now: Instant,
): ServerPredicate | null {
  if (ip === undefined && ip6 === undefined) return null;
  const never = () => false;
  const matchesVersion = {
    4: ip === undefined ? never : compileRegex("ip", `^(?:${ip})`),
    6: ip6 === undefined ? never : compileRegex("ip6", `^(?:${ip6})`),
  };
  return ({ addresses, motion }) =>
    addresses.some(
      ({ version, type, addr }) => type === "fixed" && matchesVersion[version](addr),
    ) && !isDeleted(motion, now);
}
