import { malformed } from "../../core/fault.ts";
import { longestPage } from "../../http/page-limit.ts";
import type { Page } from "../../http/responses.ts";
import { paging, strings } from "../../http/schema-fields.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import type { Flavor } from "../model/flavor.ts";

/** What flavors are sorted by; what is the same for all of them sorts nothing. */
const sortings: Record<string, (flavor: Flavor) => string | number> = {
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

/** nova/api/openstack/compute/schemas/flavors.py index_query. */
export const listSchema = {
  type: "object",
  properties: {
    ...paging,
    is_public: strings,
    minRam: strings,
    minDisk: strings,
    sort_key: { type: "array", items: { type: "string", enum: Object.keys(sortings) } },
    sort_dir: { type: "array", items: { type: "string", enum: ["asc", "desc"] } },
  },
  additionalProperties: true,
  closedSince: 75,
} as const;

/** The page of flavors that this caller asks for (nova/api/openstack/compute/flavors.py _get_flavors). */
export function listed(
  all: readonly Flavor[],
  query: URLSearchParams,
  caller: Caller,
): Page<Flavor> {
  const last = (name: string) => query.getAll(name).at(-1) ?? null;
  const filters = [
    visible(holds(caller, "admin") ? last("is_public") : null, caller),
    atLeast("minRam", last("minRam"), ({ ram }) => ram),
    atLeast("minDisk", last("minDisk"), ({ disk }) => disk),
  ];
  const sorted = all.toSorted(comparing(last("sort_key") || "flavorid", last("sort_dir")));
  const marker = last("marker");
  const start = marker === null ? 0 : sorted.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) throw malformed(`marker [${marker}] not found`);
  const limit = Math.min(Number(last("limit") ?? longestPage), longestPage);
  const fitting = sorted.slice(start).filter((flavor) => filters.every((keeps) => keeps(flavor)));
  return { items: fitting.slice(0, limit), limit };
}

/** The public ones are those that are open to one's own project too. */
function visible(asked: string | null, { project }: Caller): (flavor: Flavor) => boolean {
  if (asked !== null && /^(none|)$/i.test(asked)) return () => true;
  if (asked !== null && /^(0|f|false|off|n|no)$/i.test(asked.trim()))
    return ({ isPublic }) => !isPublic;
  if (asked !== null && !/^(1|t|true|on|y|yes)$/i.test(asked.trim()))
    throw malformed(`Invalid is_public filter [${asked}]`);
  return ({ isPublic, access }) => isPublic || access.includes(project?.id ?? "");
}

function atLeast(name: string, asked: string | null, of: (flavor: Flavor) => number) {
  if (asked === null) return () => true;
  if (!/^\s*[-+]?\d+\s*$/.test(asked)) throw malformed(`Invalid ${name} filter [${asked}]`);
  return (flavor: Flavor) => of(flavor) >= Number(asked);
}

/** Those that are the same in it are in the order of their ids, which turns round too. */
function comparing(key: string, direction: string | null) {
  const of = sortings[key] ?? sortings["flavorid"];
  const sign = direction === "desc" ? -1 : 1;
  return (one: Flavor, other: Flavor): number => {
    const [a, b] = [of?.(one) ?? 0, of?.(other) ?? 0];
    const [first, second] = a === b ? [one.id, other.id] : [a, b];
    return first < second ? -sign : sign;
  };
}
