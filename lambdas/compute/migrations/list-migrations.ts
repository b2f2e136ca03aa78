import { Fault, malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { isotime } from "../../core/isotime.ts";
import { operation } from "../../http/operation.ts";
import { limitSchema, longestPage } from "../../http/page-limit.ts";
import { isTrue, one, strings } from "../../http/schema-fields.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import { type Migration, stageOf } from "../model/migration.ts";
import { migrations } from "../repositories/migrations.ts";

const filters = ["hidden", "host", "instance_uuid", "source_compute", "status", "migration_type"];
const instant = {
  type: "array",
  items: { type: "string", format: "date-time" },
  maxItems: 1,
} as const;

/** nova/api/openstack/compute/schemas/migrations.py: what it does not name is a filter too, up to 2.58. */
const query = {
  type: "object",
  properties: {
    ...Object.fromEntries(filters.map((name) => [name, strings])),
    limit: { ...limitSchema, maxItems: 1, since: 59 },
    marker: { ...one, since: 59 },
    "changes-since": { ...instant, since: 59 },
    "changes-before": { ...instant, since: 66 },
    user_id: { ...one, since: 80 },
    project_id: { ...one, since: 80 },
  },
  closedSince: 59,
} as const;

interface Asked {
  readonly query: URLSearchParams;
  readonly microversion: number;
  readonly caller: Caller;
  readonly project: string;
  readonly now: Instant;
}

/** Of all servers there are or were, the newest first from 2.59 on, and then by pages. */
export const listMigrations = operation({
  id: "compute/list-migrations",
  service: "compute",
  route: "GET /os-migrations",
  access: { rule: "os_compute_api:os-migrations:index", role: "manager" },
  dynamoCalls: ["Query"],
  answer: "migrations",
  query,
  async run(call, world) {
    refuseOthers(call);
    const hosts = holds(call.caller, "admin");
    const changed = changesIn(call);
    const all = (await world.backend().records.all(migrations)).sort((a, b) => a.id - b.id);
    const kept = all.filter((one) => matches(one, call) && changed(stageOf(one, call.now).since));
    if (call.microversion < 59) return { items: kept, hosts, next: null };
    const marker = call.query.get("marker");
    const from = marker === null ? null : all.find(({ uuid }) => uuid === marker);
    if (from === undefined) throw malformed(`Marker ${marker} could not be found.`);
    const limit = Math.min(Number(call.query.get("limit") ?? longestPage), longestPage);
    const items = kept
      .reverse()
      .filter(({ id }) => from === null || id < from.id)
      .slice(0, limit);
    const last = items.at(-1);
    return { items, hosts, next: last && items.length === limit ? last.uuid : null };
  },
});

/** Those of other projects are for administrators (migrations.py:132). */
function refuseOthers({ query, caller, project }: Asked): void {
  if (query.getAll("project_id").at(-1) !== project && !holds(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "os_compute_api:os-migrations:index:all_projects" });
}

/** nova/db/main/api.py:3364; of a filter that comes twice the last counts. */
function matches(migration: Migration, { query, now }: Asked): boolean {
  const { source, destination } = migration;
  const hosts = [source, destination];
  const is = (name: string, ...values: readonly (string | null)[]) => {
    const asked = query.getAll(name).at(-1);
    return asked === undefined || values.includes(asked);
  };
  return (
    is("status", stageOf(migration, now).status) &&
    is("host", ...hosts) &&
    (query.has("host") || is("source_compute", source)) &&
    is("node", ...hosts) &&
    is("migration_type", migration.type) &&
    // only resizes across cells have any that are (migrations.py:76)
    !isTrue(query.getAll("hidden").at(-1)) &&
    is("instance_uuid", migration.server) &&
    is("user_id", migration.user) &&
    is("project_id", migration.project) &&
    is("uuid", migration.uuid)
  );
}

/** By whole seconds, as Nova keeps them. */
function changesIn({ query, microversion }: Asked): (at: Instant) => boolean {
  const bound = (name: string, since: number) =>
    microversion < since ? null : isotime(query.get(name) ?? "");
  const since = bound("changes-since", 59) ?? Number.NEGATIVE_INFINITY;
  const before = bound("changes-before", 66) ?? Number.POSITIVE_INFINITY;
  if (before < since)
    throw malformed("The value of changes-since must be less than or equal to changes-before.");
  return (at) => {
    const second = Math.floor(at / 1_000) * 1_000;
    return since <= second && second <= before;
  };
}
