import type { ListQuery } from "../domain/backend.ts";
import { Fault, malformed } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import { type Instant, observe } from "../domain/lifecycle.ts";
import { type Server, updatedAt } from "../domain/server.ts";
import { statusOf } from "../domain/status.ts";
import { limitSchema, longestPage } from "../http/page.ts";
import { pattern } from "./pattern.ts";

const strings = { type: "array", items: { type: "string" } } as const;
const regexes = { type: "array", items: { type: "string", format: "regex" } } as const;

/** What of nova/api/openstack/compute/schemas/servers.py index_query is acted on. */
export const listSchema = {
  type: "object",
  properties: {
    name: regexes,
    status: strings,
    image: strings,
    flavor: regexes,
    ip: regexes,
    reservation_id: regexes,
    "changes-since": { type: "array", items: { type: "string", format: "date-time" } },
    all_tenants: strings,
    limit: limitSchema,
    marker: strings,
    sort_dir: { type: "array", items: { type: "string", enum: ["asc", "desc"] } },
  },
  additionalProperties: true,
} as const;

/** What a list is asked for, or why it cannot be (facts: faults-headers-lists §3.4). */
export function listQuery(
  {
    query,
    caller,
    project,
    now,
  }: { query: URLSearchParams; caller: Caller; project: string; now: Instant },
  operation: "index" | "detail",
): ListQuery {
  refuseJoined(query);
  const since = query.get("changes-since");
  const deleted = wantsDeleted(query, caller);
  const filters = [
    ...(deleted ? [(server: Server) => observe(server.motion, now).vm === "deleted"] : []),
    ...(since === null ? [] : [(server: Server) => updatedAt(server, now) >= Date.parse(since)]),
    ...matching(query, now),
  ];
  const marker = query.get("marker");
  return {
    project: everywhere(query, caller, operation) ? null : project,
    limit: Math.min(Number(query.getAll("limit").at(-1) ?? longestPage), longestPage),
    ...(marker !== null && { marker: marker.toLowerCase().slice(0, 255) }),
    gone: since !== null || deleted,
    keep: (server) => filters.every((fits) => fits(server)),
  };
}

/** What Nova keeps in tables of their own (nova/api/openstack/compute/schemas/servers.py JOINED_TABLE…). */
const joined = new Set([
  ...["block_device_mapping", "services", "metadata", "system_metadata", "info_cache"],
  ...["security_groups", "pci_devices"],
]);

function refuseJoined(query: URLSearchParams): void {
  for (const name of query.keys())
    if (name.startsWith("_") || joined.has(name)) throw malformed(`Invalid filter field: ${name}.`);
}

function* matching(query: URLSearchParams, now: Instant): Generator<(server: Server) => boolean> {
  const name = query.get("name");
  if (name !== null) {
    const fits = pattern("name", name);
    yield (server) => fits(server.name);
  }
  const ip = query.get("ip");
  if (ip !== null) {
    const fits = pattern("ip", `^${ip}`);
    yield ({ addresses }) => addresses.some(({ addr }) => fits(addr));
  }
  const statuses = query.getAll("status").map((status) => status.toUpperCase());
  if (statuses.length > 0) yield ({ motion }) => statuses.includes(statusOf(observe(motion, now)));
  const image = query.get("image");
  if (image !== null) yield (server) => server.image?.id === image;
  const flavor = query.get("flavor");
  if (flavor !== null) yield (server) => server.flavor?.id === flavor;
  const reservation = query.get("reservation_id");
  if (reservation !== null) yield (server) => server.reservation === reservation;
}

/** Administrators may ask for the servers that are gone, users may not (E-08). */
function wantsDeleted(query: URLSearchParams, caller: Caller): boolean {
  const admin = holds(caller, "admin");
  if (query.getAll("status").some((status) => /^deleted$/i.test(status))) {
    if (!admin)
      throw new Fault({
        kind: "denied",
        reason: "Only administrators may list deleted instances",
      });
    return true;
  }
  return admin && truthy.test(query.get("deleted") ?? "no");
}

/** Every project's; "" counts as yes (E-10). */
function everywhere(query: URLSearchParams, caller: Caller, operation: string): boolean {
  const asked = query.get("all_tenants");
  if (asked === null || falsy.test(asked)) return false;
  if (asked !== "" && !truthy.test(asked)) throw malformed(`Invalid filter field: all_tenants.`);
  if (!holds(caller, "admin"))
    throw new Fault({
      kind: "forbidden",
      rule: `os_compute_api:servers:${operation}:get_all_tenants`,
    });
  return true;
}

const truthy = /^(1|t|true|on|y|yes)$/i;
const falsy = /^(0|f|false|off|n|no)$/i;
