import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { statusAt } from "../model/migration.ts";
import { hostAndFlavor } from "../model/server.ts";
import { applyMigration } from "../servers/migrate/begin-migration.ts";
import { finishMigration } from "./finish-migration.ts";
import { findMigration } from "./live-migration.ts";

/** Since 2.65 also before the migration runs. */
export const abortMigration = operation({
  id: "compute/abort-migration",
  service: "compute",
  route: "DELETE /servers/{server_id}/migrations/{migration_id}",
  versions: { since: 24 },
  access: { rule: "os_compute_api:servers:migrations:delete", role: "manager" },
  dynamoCalls: ["GetItem", "UpdateItem", "Query", "PutItem"],
  answer: "accepted",
  async run(call, environment) {
    const backend = environment.backend();
    const { now, microversion, path } = call;
    const id = path.migration_id;
    const abortableStatuses = microversion < 65 ? ["running"] : ["running", "queued", "preparing"];
    const { previous } = await applyMigration(
      call,
      environment,
      "abortLiveMigration",
      async (server) => {
        const migration = await findMigration(backend.records, server, id);
        if (!migration || !server.before)
          throw notFound("migration", id, `Migration ${id} not found for instance ${server.id}`);
        const { status } = statusAt(migration, now);
        if (!abortableStatuses.includes(status))
          throw badRequest(
            `Migration ${id} state of instance ${server.id} is ${status}. Cannot abort live migration while the migration is in this state.`,
          );
        return { changes: { ...hostAndFlavor(server.before), before: null } };
      },
    );
    await finishMigration(backend.records, previous, "cancelled", now);
    return undefined;
  },
});
