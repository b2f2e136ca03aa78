import { badRequest } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Schema, schemaAt } from "../../../http/schema.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import { isDeleted } from "../../model/lifecycle.ts";
import { sortKeySchema } from "./list-order.ts";
import {
  findListParameter,
  listParameters,
  type ServerListParameter,
  type ServerPredicate,
} from "./list-parameters.ts";
import { createTextMatcher } from "./text-matcher.ts";

export interface ServerListCall {
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly project: string;
  readonly microversion: number;
  readonly now: Instant;
}

/** The last value of each parameter, in the order of the query. */
export type ListOptions = ReadonlyMap<string, string>;

const memberSchema = ({ name, schema, since }: ServerListParameter): [string, Schema][] => {
  if (name === "sort_key") return [[name, sortKeySchema]];
  return schema ? [[name, since === undefined ? schema : { ...schema, since }]] : [];
};

/** nova/api/openstack/compute/schemas/servers.py index_query to index_query_v275. */
export const serverListSchema = {
  type: "object",
  properties: Object.fromEntries(listParameters.flatMap(memberSchema)),
  patternProperties: { "^_": { type: "array", items: { type: "string" } } },
  closedSince: 75,
} as const;

/**
 * Drops parameters that the version's schema lacks (nova/api/validation/__init__.py,
 * _strip_additional_query_parameters) and those a non-administrator may not use
 * (nova/api/openstack/compute/servers.py:1599). Refuses internal names and joined tables.
 */
export function parseListOptions({ query, caller, microversion }: ServerListCall): ListOptions {
  const { properties = {} } = schemaAt(serverListSchema, microversion);
  const isAdmin = hasRole(caller, "admin");
  const options = new Map<string, string>();
  for (const [name, value] of query) {
    const isInternal = name.startsWith("_");
    if (!isInternal && !Object.hasOwn(properties, name)) continue;
    const { usersSince = Number.POSITIVE_INFINITY, joined } = findListParameter(name) ?? {};
    if (!isAdmin && usersSince > microversion) continue;
    if (isInternal || joined) throw badRequest(`Invalid filter field: ${name}.`);
    options.set(name, value);
  }
  return options;
}

/** The last of two names of one column counts. */
export async function parseServerFilters(
  options: ListOptions,
  now: Instant,
): Promise<ServerPredicate[]> {
  const values = new Map<string, string>();
  for (const [name, value] of options) values.set(findListParameter(name)?.column ?? name, value);
  const predicates: ServerPredicate[] = [];
  for (const [column, value] of values) {
    const predicate = await findListParameter(column)?.matches?.(value, now, column);
    if (predicate) predicates.push(predicate);
  }
  const addresses = await addressPredicate(options.get("ip"), options.get("ip6"), now);
  return addresses ? [...predicates, addresses] : predicates;
}

/** Either address suffices (nova/compute/api.py, _ip_filter); a deleted server has none. */
async function addressPredicate(
  ip: string | undefined,
  ip6: string | undefined,
  now: Instant,
): Promise<ServerPredicate | null> {
  if (ip === undefined && ip6 === undefined) return null;
  const never = () => false;
  const matchesVersion = {
    4: ip === undefined ? never : await createTextMatcher("ip", `^(?:${ip})`),
    6: ip6 === undefined ? never : await createTextMatcher("ip6", `^(?:${ip6})`),
  };
  return ({ addresses, motion }) =>
    addresses.some(
      ({ version, type, addr }) => type === "fixed" && matchesVersion[version](addr),
    ) && !isDeleted(motion, now);
}
