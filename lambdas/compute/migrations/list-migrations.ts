import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { parseIsotime } from "../../core/isotime.ts";
import { listPage } from "../../http/list-page.ts";
import { operation } from "../../http/operation.ts";
import { limitSchema, markerNotFound, pageLimit } from "../../http/page-limit.ts";
import { singleStringSchema, stringListSchema } from "../../http/schema-fields.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import { type Migration, statusAt } from "../model/migration.ts";
import { migrations } from "../repositories/migrations.ts";

const migrationFilters = [
  "hidden",
  "host",
  "instance_uuid",
  "source_compute",
  "status",
  "migration_type",
];
const dateTimeField = {
  type: "array",
  items: { type: "string", format: "date-time" },
  maxItems: 1,
} as const;

/** Up to 2.58 other parameters filter too. */
const query = {
  type: "object",
  properties: {
    ...Object.fromEntries(migrationFilters.map((name) => [name, stringListSchema])),
    limit: { ...limitSchema, maxItems: 1, since: 59 },
    marker: { ...singleStringSchema, since: 59 },
    "changes-since": { ...dateTimeField, since: 59 },
    "changes-before": { ...dateTimeField, since: 66 },
    user_id: { ...singleStringSchema, since: 80 },
    project_id: { ...singleStringSchema, since: 80 },
  },
  closedSince: 59,
} as const;

interface MigrationListCall {
  readonly query: URLSearchParams;
  readonly microversion: number;
  readonly caller: Caller;
  readonly project: string;
  readonly now: Instant;
}

/** Includes deleted servers. */
export const listMigrations = operation({
  id: "compute/list-migrations",
  service: "compute",
  route: "GET /os-migrations",
  access: { rule: "os_compute_api:os-migrations:index", role: "manager" },
  dynamoCalls: ["Query"],
  answer: "migrations",
  query,
  async run(call, environment) {
    assertOwnProject(call);
    const showsHosts = hasRole(call.caller, "admin");
    const isInRange = parseChangedRange(call);
    const all = (await environment.backend().records.all(migrations)).sort((a, b) => a.id - b.id);
    const matches = (one: Migration) =>
      matchesMigration(one, call) && isInRange(statusAt(one, call.now).since);
    if (call.microversion < 59) return { items: all.filter(matches), showsHosts, next: null };
    const { items, last, isFull } = listPage(all, {
      filters: [matches],
      compare: (one, other) => other.id - one.id,
      limit: pageLimit(call.query.get("limit")),
      marker: call.query.get("marker"),
      markerAmong: "all",
      idOf: ({ uuid }) => uuid,
      markerNotFound,
    });
    return { items, showsHosts, next: isFull ? last : null };
  },
});

function assertOwnProject({ query, caller, project }: MigrationListCall): void {
  if (query.getAll("project_id").at(-1) !== project && !hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "os_compute_api:os-migrations:index:all_projects" });
}

/** The last value of a repeated filter counts (nova/db/main/api.py:3364). */
function matchesMigration(migration: Migration, { query, now }: MigrationListCall): boolean {
  const { source, destination } = migration;
  const hosts = [source, destination];
  const matchesParameter = (name: string, ...values: readonly (string | null)[]) => {
    const expected = query.getAll(name).at(-1);
    return expected === undefined || values.includes(expected);
  };
  return (
    matchesParameter("status", statusAt(migration, now).status) &&
    matchesParameter("host", ...hosts) &&
    (query.has("host") || matchesParameter("source_compute", source)) &&
    matchesParameter("node", ...hosts) &&
    matchesParameter("migration_type", migration.type) &&
    // only cross-cell resizes are hidden (nova/api/openstack/compute/migrations.py:76)
    !isTrue(novaMember, query.getAll("hidden").at(-1)) &&
    matchesParameter("instance_uuid", migration.server) &&
    matchesParameter("user_id", migration.user) &&
    matchesParameter("project_id", migration.project) &&
    matchesParameter("uuid", migration.uuid)
  );
}

/** Nova stores whole seconds. */
function parseChangedRange({ query, microversion }: MigrationListCall): (at: Instant) => boolean {
  const bound = (name: string, since: number) =>
    microversion < since ? null : parseIsotime(query.get(name) ?? "");
  const since = bound("changes-since", 59) ?? Number.NEGATIVE_INFINITY;
  const before = bound("changes-before", 66) ?? Number.POSITIVE_INFINITY;
  if (before < since)
    throw badRequest("The value of changes-since must be less than or equal to changes-before.");
  return (at) => {
    const second = Math.floor(at / 1_000) * 1_000;
    return since <= second && second <= before;
  };
}
