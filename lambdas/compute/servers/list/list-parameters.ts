import type { Instant } from "../../../core/instant.ts";
import { toPythonDatetime } from "../../../core/times.ts";
import { limitSchema } from "../../../http/page-limit.ts";
import type { Schema } from "../../../http/schema.ts";
import { isOnHost, observe } from "../../model/lifecycle.ts";
import { powerStateAt, type Server, updatedAt } from "../../model/server.ts";
import { strictBoolFromString } from "../schema-fields.ts";
import { createTextMatcher } from "./text-matcher.ts";

export type ColumnValue = string | number | null;
export type ServerPredicate = (server: Server) => boolean;
type ColumnReader = (server: Server, now: Instant) => ColumnValue;
type ServerFilter = (
  value: string,
  now: Instant,
  column: string,
) => ServerPredicate | Promise<ServerPredicate>;

export interface ServerListParameter {
  readonly name: string;
  /** Without one the name is no query parameter, only a column. */
  readonly schema?: Schema;
  readonly since?: number;
  /** First microversion with the filter for non-administrators; they never have the others. */
  readonly usersSince?: number;
  /** The column that the parameter filters by, if named otherwise (nova/compute/api.py, get_all). */
  readonly column?: string;
  /** Nova keeps these fields in other tables (nova/api/openstack/compute/schemas/servers.py:574). */
  readonly joined?: true;
  readonly matches?: ServerFilter;
  readonly sortBy?: ColumnReader;
  readonly sortSince?: number;
}

const textParameters = { type: "array", items: { type: "string" } } as const;
const regexParameters = { type: "array", items: { type: "string", format: "regex" } } as const;
const dateTimeParameters = {
  type: "array",
  items: { type: "string", format: "date-time" },
} as const;

/** Compares as MySQL: case-insensitive, and null equals nothing. */
const equals =
  (read: ColumnReader): ServerFilter =>
  (value, now) => {
    const expected = value.toLowerCase();
    return (server) => {
      const actual = read(server, now);
      return actual !== null && String(actual).toLowerCase() === expected;
    };
  };

/** Nova escapes the bar: no alternatives (nova/db/utils.py, _safe_regex_mysql). */
const matchesRegex =
  (read: ColumnReader): ServerFilter =>
  async (value, now, column) => {
    const matchesPattern = await createTextMatcher(
      column,
      value.replaceAll("|", "\\|"),
      "any-case",
    );
    return (server) => {
      const actual = read(server, now);
      return actual !== null && matchesPattern(String(actual));
    };
  };

const matchesTags =
  (combine: (hasTag: (tag: string) => boolean, wantedTags: string[]) => boolean): ServerFilter =>
  (value) => {
    const wantedTags = value.split(",");
    return ({ tags }) => combine((tag) => tags.includes(tag), wantedTags);
  };

const whole = (sortBy: ColumnReader) => ({ matches: equals(sortBy), sortBy });
const regex = (sortBy: ColumnReader) => ({ matches: matchesRegex(sortBy), sortBy });
const isLocked: ServerFilter = (value) => {
  const locked = strictBoolFromString(value);
  return ({ lock }) => (lock !== null) === locked;
};

const hostOf: ColumnReader = (server, now) => (isOnHost(server, now) ? server.host : null);
const reservationOf: ColumnReader = ({ reservation }) => reservation;
const launchedAt: ColumnReader = ({ launched }, now) =>
  launched !== null && launched <= now ? toPythonDatetime(launched) : null;
const terminatedAt: ColumnReader = ({ motion }, now) =>
  observe(motion, now).vm === "deleted" ? toPythonDatetime(motion.due) : null;
const rootDeviceOf: ColumnReader = (server, now) => (isOnHost(server, now) ? "/dev/vda" : null);
const zoneOf: ColumnReader = (server, now) =>
  isOnHost(server, now) ? server.availabilityZone : null;

/**
 * In the order of nova/api/openstack/compute/schemas/servers.py index_query. Nova compares some columns
 * whole, others as expressions (nova/db/main/api.py:1827); users' filters are in
 * nova/api/openstack/compute/servers.py:1497.
 */
export const listParameters: readonly ServerListParameter[] = [
  { name: "user_id", schema: textParameters, usersSince: 83, ...whole(({ user }) => user) },
  { name: "project_id", schema: textParameters, sortBy: ({ project }) => project },
  { name: "tenant_id", schema: textParameters },
  { name: "launch_index", schema: textParameters, ...regex(({ launchIndex }) => launchIndex) },
  { name: "image_ref", schema: textParameters, ...whole(({ image }) => image?.id ?? "") },
  { name: "image", schema: textParameters, usersSince: 1, column: "image_ref" },
  { name: "kernel_id", schema: regexParameters, ...regex(() => "") },
  { name: "ramdisk_id", schema: regexParameters, ...regex(() => "") },
  {
    name: "hostname",
    schema: regexParameters,
    usersSince: 90,
    ...regex(({ hostname }) => hostname),
  },
  { name: "key_name", schema: regexParameters, usersSince: 83, ...regex(({ keyName }) => keyName) },
  {
    ...{ name: "power_state", schema: regexParameters, usersSince: 83 },
    ...regex(({ motion }, now) => powerStateAt(motion, now)),
  },
  {
    ...{ name: "vm_state", schema: textParameters, usersSince: 83 },
    ...whole(({ motion }, now) => observe(motion, now).vm),
  },
  {
    ...{ name: "task_state", schema: textParameters, usersSince: 83 },
    ...whole(({ motion }, now) => observe(motion, now).task),
  },
  { name: "host", schema: textParameters, ...whole(hostOf) },
  { name: "node", schema: regexParameters, ...regex(hostOf) },
  { name: "flavor", schema: regexParameters, usersSince: 1, column: "instance_type_id" },
  {
    ...{ name: "reservation_id", schema: regexParameters, usersSince: 1 },
    matches: matchesRegex(reservationOf),
  },
  { name: "launched_at", schema: regexParameters, usersSince: 83, ...regex(launchedAt) },
  { name: "terminated_at", schema: regexParameters, usersSince: 83, ...regex(terminatedAt) },
  { name: "availability_zone", schema: regexParameters, usersSince: 83, ...regex(zoneOf) },
  { name: "name", schema: regexParameters, usersSince: 1, column: "display_name" },
  { name: "display_name", schema: regexParameters, ...regex(({ name }) => name) },
  { name: "description", schema: regexParameters },
  {
    name: "display_description",
    schema: regexParameters,
    ...regex(({ description }) => description),
  },
  { name: "locked_by", schema: regexParameters, ...regex(({ lock }) => lock?.by ?? null) },
  { name: "uuid", schema: textParameters, ...whole(({ id }) => id) },
  { name: "root_device_name", schema: regexParameters, ...regex(rootDeviceOf) },
  {
    ...{ name: "config_drive", schema: regexParameters, usersSince: 83 },
    ...regex(({ configDrive }) => (configDrive ? "True" : "")),
  },
  {
    name: "access_ip_v4",
    schema: regexParameters,
    ...regex(({ accessIPv4 }) => accessIPv4 || null),
  },
  {
    name: "access_ip_v6",
    schema: regexParameters,
    ...regex(({ accessIPv6 }) => accessIPv6 || null),
  },
  {
    ...{ name: "auto_disk_config", schema: regexParameters },
    ...regex(({ diskConfig }) => (diskConfig === "AUTO" ? 1 : 0)),
  },
  { name: "progress", schema: regexParameters, usersSince: 83, ...regex(() => 0) },
  { name: "sort_key" },
  { name: "sort_dir", schema: textParameters },
  { name: "all_tenants", schema: textParameters, usersSince: 1 },
  { name: "soft_deleted", schema: textParameters },
  { name: "deleted", schema: textParameters },
  { name: "status", schema: textParameters, usersSince: 1 },
  { name: "changes-since", schema: dateTimeParameters, usersSince: 1 },
  { name: "changes-before", schema: dateTimeParameters, since: 66, usersSince: 66 },
  { name: "ip", schema: regexParameters, usersSince: 1 },
  { name: "ip6", schema: regexParameters, usersSince: 5 },
  {
    ...{ name: "created_at", schema: regexParameters, usersSince: 83 },
    ...regex(({ created }) => toPythonDatetime(created)),
  },
  { name: "block_device_mapping", schema: textParameters, joined: true },
  { name: "services", schema: textParameters, joined: true },
  { name: "metadata", schema: textParameters, joined: true },
  { name: "system_metadata", schema: textParameters, joined: true },
  { name: "info_cache", schema: textParameters, joined: true },
  { name: "security_groups", schema: textParameters, joined: true },
  { name: "pci_devices", schema: textParameters, joined: true },
  { name: "limit", schema: limitSchema },
  { name: "marker", schema: textParameters },
  {
    ...{ name: "tags", schema: regexParameters, since: 26, usersSince: 26 },
    matches: matchesTags((hasTag, wantedTags) => wantedTags.every(hasTag)),
  },
  {
    ...{ name: "tags-any", schema: regexParameters, since: 26, usersSince: 26 },
    matches: matchesTags((hasTag, wantedTags) => wantedTags.some(hasTag)),
  },
  {
    ...{ name: "not-tags", schema: regexParameters, since: 26, usersSince: 26 },
    matches: matchesTags((hasTag, wantedTags) => !wantedTags.every(hasTag)),
  },
  {
    ...{ name: "not-tags-any", schema: regexParameters, since: 26, usersSince: 26 },
    matches: matchesTags((hasTag, wantedTags) => !wantedTags.some(hasTag)),
  },
  {
    ...{ name: "locked", schema: textParameters, since: 73, usersSince: 73, matches: isLocked },
    ...{ sortBy: ({ lock }: Server) => (lock ? 1 : 0), sortSince: 73 },
  },
  { name: "instance_type_id", ...whole(({ flavor }) => flavor?.id ?? null) },
  { name: "updated_at", sortBy: (server, now) => toPythonDatetime(updatedAt(server, now)) },
];

const byName = new Map(listParameters.map((parameter) => [parameter.name, parameter]));

export const findListParameter = (name: string): ServerListParameter | undefined =>
  byName.get(name);
