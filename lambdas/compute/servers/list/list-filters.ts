import type { Instant } from "../../../core/instant.ts";
import { gone } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import { flag } from "../schema-fields.ts";
import { type Column, columns } from "./list-columns.ts";
import type { Options } from "./list-options.ts";
import { pattern } from "./regex-guard.ts";

export type Keep = (server: Server) => boolean;

type Filter = (value: string, now: Instant) => Keep;

/** As MySQL compares text: capitals are as good as others, and what is not there is like nothing. */
const exactly =
  (column: Column): Filter =>
  (value, now) => {
    const asked = value.toLowerCase();
    return (server) => {
      const there = columns[column](server, now);
      return there !== null && String(there).toLowerCase() === asked;
    };
  };

/** Nova takes a bar for itself and not for an "or" (nova/db/utils.py _safe_regex_mysql). */
const matching =
  (column: Column): Filter =>
  (value, now) => {
    const fits = pattern(column, value.replaceAll("|", "\\|"), "i");
    return (server) => {
      const there = columns[column](server, now);
      return there !== null && fits(String(there));
    };
  };

const tagged =
  (keep: (has: (tag: string) => boolean, asked: string[]) => boolean): Filter =>
  (value) => {
    const asked = value.split(",");
    return ({ tags }) => keep((tag) => tags.includes(tag), asked);
  };

/** The name of a column, where a parameter is not called so (nova/compute/api.py get_all). */
const aliases: Readonly<Record<string, string>> = {
  name: "display_name",
  image: "image_ref",
  flavor: "instance_type_id",
};

/**
 * What a list may be filtered by: what Nova compares, it compares whole, and takes the rest for a
 * regular expression (nova/db/main/api.py:1827). A description it says it knows, and does not.
 */
const filters: Readonly<Record<string, Filter>> = {
  user_id: exactly("user_id"),
  image_ref: exactly("image_ref"),
  vm_state: exactly("vm_state"),
  instance_type_id: exactly("instance_type_id"),
  uuid: exactly("uuid"),
  host: exactly("host"),
  task_state: exactly("task_state"),
  locked: (value) => {
    const locked = flag(value);
    return ({ lock }) => (lock !== null) === locked;
  },
  tags: tagged((has, asked) => asked.every(has)),
  "tags-any": tagged((has, asked) => asked.some(has)),
  "not-tags": tagged((has, asked) => !asked.every(has)),
  "not-tags-any": tagged((has, asked) => !asked.some(has)),
  access_ip_v4: matching("access_ip_v4"),
  access_ip_v6: matching("access_ip_v6"),
  auto_disk_config: matching("auto_disk_config"),
  availability_zone: matching("availability_zone"),
  config_drive: matching("config_drive"),
  created_at: matching("created_at"),
  display_description: matching("display_description"),
  display_name: matching("display_name"),
  hostname: matching("hostname"),
  kernel_id: matching("kernel_id"),
  key_name: matching("key_name"),
  launch_index: matching("launch_index"),
  launched_at: matching("launched_at"),
  locked_by: matching("locked_by"),
  node: matching("node"),
  power_state: matching("power_state"),
  progress: matching("progress"),
  ramdisk_id: matching("ramdisk_id"),
  reservation_id: matching("reservation_id"),
  root_device_name: matching("root_device_name"),
  terminated_at: matching("terminated_at"),
};

/** What of the options says which servers to keep; of two names for one column the last counts. */
export function filtersOf(options: Options, now: Instant): Keep[] {
  const asked = new Map<Filter, string>();
  for (const [name, value] of options) {
    const filter = filters[aliases[name] ?? name];
    if (filter) asked.set(filter, value);
  }
  const keeps = [...asked].map(([filter, value]) => filter(value, now));
  const addresses = addressesLike(options.get("ip"), options.get("ip6"), now);
  return addresses ? [...keeps, addresses] : keeps;
}

/** Where both are asked for, either will do (nova/compute/api.py _ip_filter). What is gone has none. */
function addressesLike(ip: string | undefined, ip6: string | undefined, now: Instant): Keep | null {
  if (ip === undefined && ip6 === undefined) return null;
  const never = () => false;
  const fits = {
    4: ip === undefined ? never : pattern("ip", `^(?:${ip})`),
    6: ip6 === undefined ? never : pattern("ip6", `^(?:${ip6})`),
  };
  return ({ addresses, motion }) =>
    addresses.some(({ version, type, addr }) => type === "fixed" && fits[version](addr)) &&
    !gone(motion, now);
}
