import { isTrue, novaMember } from "../../../core/booleans.ts";
import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { booleanSchema, hostnameSchema } from "../../../http/schema-fields.ts";
import type { Backend } from "../../../ports/backend.ts";
import { noValidHostText } from "../../model/host-filters.ts";
import type { Server } from "../../model/server.ts";
import { isServiceUp } from "../../repositories/hosts.ts";
import { assertHostKnown, assertMayChooseHost } from "../../scheduling/check-destination.ts";
import { selectDestination } from "../../scheduling/select-destinations.ts";
import { beginMigration, planMigration, requestSpecOf } from "../migrate/begin-migration.ts";

const blockMigration = {
  ...booleanSchema,
  versions: { 1: booleanSchema, 25: { ...booleanSchema, enum: [...booleanSchema.enum, "auto"] } },
};

/** nova/api/openstack/compute/schemas/migrate_server.py migrate_live, _v2_25, _v2_30, _v2_68. */
const body = {
  type: "object",
  properties: {
    "os-migrateLive": {
      type: "object",
      properties: {
        block_migration: blockMigration,
        disk_over_commit: { ...booleanSchema, until: 24, neededSince: 1 },
        host: { ...hostnameSchema, type: ["string", "null"] },
        force: { ...booleanSchema, since: 30, until: 67 },
      },
      required: ["block_migration", "host"],
      additionalProperties: false,
    },
  },
  required: ["os-migrateLive"],
  additionalProperties: false,
} as const;

/** Earlier versions report a lack of hosts. */
const asyncSinceMicroversion = 34;

export const liveMigrateServer = operation({
  id: "compute/live-migrate-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "os-migrateLive",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-migrate-server:migrate_live", role: "manager" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem", "Query"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const backend = environment.backend();
    const { microversion, caller } = call;
    const requested = call.body["os-migrateLive"];
    const host = requested.host || null;
    if (host) assertMayChooseHost(caller, "migrate_live");
    // forced always up to 2.29, never since 2.68
    const isForced = host !== null && (microversion < 30 || isTrue(novaMember, requested.force));
    if (host === null && isTrue(novaMember, requested.force))
      throw badRequest("Can't force to a non-provided destination");
    let reason: string | undefined;
    const hasFailed = await beginMigration(call, environment, "liveMigrate", async (server) => {
      assertHostKnown(host);
      const blockedText = await findLiveMigrationConflict(backend, server, isForced ? host : null);
      const { flavor } = server;
      const spec = requestSpecOf(server, flavor, host);
      const destination = blockedText
        ? null
        : isForced
          ? host
          : await selectDestination(backend, spec, call.now);
      reason = blockedText ?? undefined;
      const unplacedAction =
        microversion < asyncSinceMicroversion ? "liveMigrateRefused" : "liveMigrateUnplaced";
      const plan = {
        type: "live-migration",
        action: "liveMigrate",
        unplacedAction,
      } as const;
      return planMigration(
        call,
        server,
        { ...plan, flavor, switchesAt: "at rest" },
        destination,
        reason,
      );
    });
    if (hasFailed && microversion < asyncSinceMicroversion)
      throw badRequest(reason ?? noValidHostText);
    return undefined;
  },
});

/** A forced host bypasses the scheduler (nova/conductor/tasks/live_migrate.py:85). */
async function findLiveMigrationConflict(
  { records }: Backend,
  { id, host }: Server,
  forcedHost: string | null,
): Promise<string | null> {
  const unavailableText = (name: string) =>
    `Compute service of ${name} is unavailable at this time.`;
  if (!(await isServiceUp(records, host))) return unavailableText(host);
  if (forcedHost === host) return `Unable to migrate instance (${id}) to current host (${host}).`;
  return forcedHost === null || (await isServiceUp(records, forcedHost))
    ? null
    : unavailableText(forcedHost);
}
