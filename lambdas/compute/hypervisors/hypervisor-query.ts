import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, notFound } from "../../core/fault.ts";
import { isUuid } from "../../core/uuid.ts";
import { listPage } from "../../http/list-page.ts";
import { limitSchema, pageLimit, unknownMarker } from "../../http/page-limit.ts";
import type { NamedList } from "../../http/responses.ts";
import {
  booleanSchema,
  hostnameSchema,
  pagingSchema,
  singleStringSchema,
} from "../../http/schema-fields.ts";
import { type Host, hypervisorUuid } from "../repositories/hosts.ts";

const withServersField = { type: "array", items: booleanSchema, maxItems: 1 } as const;

export const hypervisorListSchema = {
  type: "object",
  versions: {
    1: { type: "object" },
    33: { type: "object", properties: pagingSchema, additionalProperties: true },
    53: {
      type: "object",
      properties: {
        limit: { ...limitSchema, maxItems: 1 },
        marker: singleStringSchema,
        hypervisor_hostname_pattern: { type: "array", items: hostnameSchema, maxItems: 1 },
        with_servers: withServersField,
      },
      additionalProperties: false,
    },
  },
} as const;

export const hypervisorShowSchema = {
  type: "object",
  properties: { with_servers: { ...withServersField, since: 53 } },
  closedSince: 53,
} as const;

export const includesServers = (query: URLSearchParams, microversion: number): boolean =>
  microversion >= 53 && isTrue(novaMember, query.get("with_servers"));

export function listHypervisorsPage(
  all: readonly Host[],
  query: URLSearchParams,
  microversion: number,
  view: (host: Host) => unknown,
): NamedList {
  const pattern = microversion < 53 ? null : query.get("hypervisor_hostname_pattern");
  if (pattern !== null) {
    if (query.has("limit") || query.has("marker"))
      throw badRequest(
        "Paging over hypervisors with the hypervisor_hostname_pattern query parameter is not supported.",
      );
    return { name: "hypervisors", items: getHypervisorsByName(all, pattern).map(view), next: null };
  }
  if (microversion < 33) return { name: "hypervisors", items: all.map(view), next: null };
  const { items, last, isFull } = listPage(all, {
    filters: [],
    compare: null,
    limit: pageLimit(query.get("limit")),
    marker: query.get("marker"),
    idOf: (host) => hypervisorIdAt(host, microversion),
    markerNotFound: unknownMarker,
  });
  return { name: "hypervisors", items: items.map(view), next: isFull ? last : null };
}

export function getHypervisorsByName(all: readonly Host[], pattern: string): readonly Host[] {
  const found = all.filter(({ name }) => name.includes(pattern));
  if (found.length > 0) return found;
  throw notFound("hypervisor", pattern, `No hypervisor matching '${pattern}' could be found.`);
}

export function getHypervisor(all: readonly Host[], id: string, microversion: number): Host {
  if (microversion >= 53 && !isUuid(id)) throw badRequest(`Invalid uuid ${id}`);
  const host = all.find((one) => hypervisorIdAt(one, microversion) === id.toLowerCase());
  if (!host) throw notFound("hypervisor", id);
  return host;
}

const hypervisorIdAt = (host: Host, microversion: number): string =>
  microversion < 53 ? String(host.number) : hypervisorUuid(host);
