import { osloStrict, readBoolean } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";
import { listPage } from "../../http/list-page.ts";
import { pageLimit, unknownMarker } from "../../http/page-limit.ts";
import type { Page } from "../../http/responses.ts";
import { pagingSchema, stringListSchema } from "../../http/schema-fields.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Flavor } from "../model/flavor.ts";

/** A key with the same value for all flavors sorts nothing. */
const sortValues: Record<string, (flavor: Flavor) => string | number> = {
  created_at: () => 0,
  description: ({ description }) => description ?? "",
  disabled: () => 0,
  ephemeral_gb: ({ ephemeral }) => ephemeral,
  flavorid: ({ id }) => id,
  id: ({ id }) => id,
  is_public: ({ isPublic }) => Number(isPublic),
  memory_mb: ({ ram }) => ram,
  name: ({ name }) => name,
  root_gb: ({ disk }) => disk,
  rxtx_factor: ({ rxtxFactor }) => rxtxFactor,
  swap: ({ swap }) => swap,
  updated_at: () => 0,
  vcpu_weight: () => 0,
  vcpus: ({ vcpus }) => vcpus,
};

export const flavorListSchema = {
  type: "object",
  properties: {
    ...pagingSchema,
    is_public: stringListSchema,
    minRam: stringListSchema,
    minDisk: stringListSchema,
    sort_key: { type: "array", items: { type: "string", enum: Object.keys(sortValues) } },
    sort_dir: { type: "array", items: { type: "string", enum: ["asc", "desc"] } },
  },
  additionalProperties: true,
  closedSince: 75,
} as const;

export function listFlavorsPage(
  all: readonly Flavor[],
  query: URLSearchParams,
  caller: Caller,
): Page<Flavor> {
  const lastValue = (name: string) => query.getAll(name).at(-1) ?? null;
  const filters = [
    flavorVisibilityFilter(hasRole(caller, "admin") ? lastValue("is_public") : null, caller),
    minimumFilter("minRam", lastValue("minRam"), ({ ram }) => ram),
    minimumFilter("minDisk", lastValue("minDisk"), ({ disk }) => disk),
  ];
  const limit = pageLimit(lastValue("limit"));
  const { items } = listPage(all, {
    filters,
    compare: flavorComparator(lastValue("sort_key") || "flavorid", lastValue("sort_dir")),
    limit,
    marker: lastValue("marker"),
    markerAmong: "all",
    idOf: ({ id }) => id,
    markerNotFound: unknownMarker,
  });
  return { items, limit };
}

/** Public flavors include private ones with access for the project. */
function flavorVisibilityFilter(
  text: string | null,
  { project }: Caller,
): (flavor: Flavor) => boolean {
  if (text !== null && /^(none|)$/i.test(text)) return () => true;
  const wanted = text === null ? true : readBoolean(osloStrict, text);
  if (wanted === undefined) throw badRequest(`Invalid is_public filter [${text}]`);
  if (!wanted) return ({ isPublic }) => !isPublic;
  return ({ isPublic, access }) => isPublic || access.includes(project?.id ?? "");
}

function minimumFilter(name: string, text: string | null, toValue: (flavor: Flavor) => number) {
  if (text === null) return () => true;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest(`Invalid ${name} filter [${text}]`);
  return (flavor: Flavor) => toValue(flavor) >= Number(text);
}

function flavorComparator(key: string, direction: string | null) {
  const toValue = sortValues[key] ?? sortValues["flavorid"];
  const sign = direction === "desc" ? -1 : 1;
  return (one: Flavor, other: Flavor): number => {
    const [a, b] = [toValue?.(one) ?? 0, toValue?.(other) ?? 0];
    const [first, second] = a === b ? [one.id, other.id] : [a, b];
    return first < second ? -sign : sign;
  };
}
