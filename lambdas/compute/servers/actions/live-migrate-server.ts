import { malformed } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { boolean, hostname, isTrue } from "../../../http/schema-fields.ts";
import type { Backend } from "../../../ports/backend.ts";
import { noValidHost } from "../../model/host-filters.ts";
import type { Server } from "../../model/server.ts";
import { isUp } from "../../repositories/hosts.ts";
import { refuseHost, refuseUnknown } from "../../scheduling/check-destination.ts";
import { schedule } from "../../scheduling/select-destinations.ts";
import { journey, setOut, wishOf } from "../migrate/begin-migration.ts";

const block = {
  ...boolean,
  versions: { 1: boolean, 25: { ...boolean, enum: [...boolean.enum, "auto"] } },
};

/** nova/api/openstack/compute/schemas/migrate_server.py migrate_live, _v2_25, _v2_30, _v2_68. */
const body = {
  type: "object",
  properties: {
    "os-migrateLive": {
      type: "object",
      properties: {
        block_migration: block,
        disk_over_commit: { ...boolean, until: 24, neededSince: 1 },
        host: { ...hostname, type: ["string", "null"] },
        force: { ...boolean, since: 30, until: 67 },
      },
      required: ["block_migration", "host"],
      additionalProperties: false,
    },
  },
  required: ["os-migrateLive"],
  additionalProperties: false,
} as const;

/** Up to 2.33 whoever asks waits until there is a host, and is told why there is none. */
const asynchronous = 34;

/** It goes on running. Nobody notices, but for its consoles. */
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
  async run(call, world) {
    const backend = world.backend();
    const { microversion, caller } = call;
    const asked = call.body["os-migrateLive"];
    const host = asked.host || null;
    if (host) refuseHost(caller, "migrate_live");
    // up to 2.29 a host that is said is always forced, from 2.68 on never
    const forced = host !== null && (microversion < 30 || isTrue(asked.force));
    if (host === null && isTrue(asked.force))
      throw malformed("Can't force to a non-provided destination");
    let reason: string | undefined;
    const fails = await setOut(call, world, "liveMigrate", async (server) => {
      refuseUnknown(host);
      const why = await objectionTo(backend, server, forced ? host : null);
      const { flavor } = server;
      const wish = wishOf(server, flavor, host);
      const to = why ? null : forced ? host : await schedule(backend, wish, call.now);
      reason = why ?? undefined;
      const unplaced = microversion < asynchronous ? "liveMigrateRefused" : "liveMigrateUnplaced";
      const way = { type: "live-migration", action: "liveMigrate", unplaced } as const;
      return journey(call, server, { ...way, flavor, arrives: "at rest" }, to, reason);
    });
    if (fails && microversion < asynchronous) throw malformed(reason ?? noValidHost);
    return undefined;
  },
});

/** nova/conductor/tasks/live_migrate.py:85: of a forced host no scheduler is asked. */
async function objectionTo(
  { records }: Backend,
  { id, host }: Server,
  forced: string | null,
): Promise<string | null> {
  const down = (name: string) => `Compute service of ${name} is unavailable at this time.`;
  if (!(await isUp(records, host))) return down(host);
  if (forced === host) return `Unable to migrate instance (${id}) to current host (${host}).`;
  return forced === null || (await isUp(records, forced)) ? null : down(forced);
}
