import { malformed, noSuch } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { stageOf } from "../model/migration.ts";
import { seatOf } from "../model/server.ts";
import { move } from "../servers/migrate/begin-migration.ts";
import { end } from "./finish-migration.ts";
import { migrationOf } from "./live-migration.ts";

/** The server stays where it is; from 2.65 on also before it has begun to move. */
export const abortMigration = operation({
  id: "compute/abort-migration",
  service: "compute",
  route: "DELETE /servers/{server_id}/migrations/{migration_id}",
  versions: { since: 24 },
  access: { rule: "os_compute_api:servers:migrations:delete", role: "manager" },
  dynamoCalls: ["GetItem", "UpdateItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, world) {
    const backend = world.backend();
    const { now, microversion, path } = call;
    const id = path.migration_id;
    const may = microversion < 65 ? ["running"] : ["running", "queued", "preparing"];
    const { was } = await move(call, world, "abortLiveMigration", async (server) => {
      const migration = await migrationOf(backend.records, server, id);
      if (!migration || !server.before)
        throw noSuch("migration", id, `Migration ${id} not found for instance ${server.id}`);
      const { status } = stageOf(migration, now);
      if (!may.includes(status))
        throw malformed(
          `Migration ${id} state of instance ${server.id} is ${status}. Cannot abort live migration while the migration is in this state.`,
        );
      return { changes: { ...seatOf(server.before), before: null } };
    });
    await end(backend.records, was, { as: "cancelled", asked: now, at: now });
    return undefined;
  },
});
