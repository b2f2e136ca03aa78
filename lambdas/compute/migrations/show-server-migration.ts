import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isInProgress } from "../model/migration.ts";
import { getServer } from "../servers/find-server.ts";
import { findMigration, liveMigrationView } from "./live-migration.ts";

/** Only a live migration in progress. */
export const showServerMigration = operation({
  id: "compute/show-server-migration",
  service: "compute",
  route: "GET /servers/{server_id}/migrations/{migration_id}",
  versions: { since: 23 },
  access: { rule: "os_compute_api:servers:migrations:show", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const { microversion, now, path } = call;
    const server = await getServer(call, servers);
    const id = path.migration_id;
    const migration = await findMigration(records, server, id);
    if (!migration)
      throw migrationNotFound(
        `In-progress live migration ${id} is not found for server ${server.id}.`,
      );
    if (migration.type !== "live-migration")
      throw migrationNotFound(`Migration ${id} for server ${server.id} is not live-migration.`);
    if (!isInProgress(migration, now))
      throw migrationNotFound(`Live migration ${id} for server ${server.id} is not in progress.`);
    return { migration: liveMigrationView(migration, { microversion, now, canSeeHosts: true }) };

    function migrationNotFound(sentence: string) {
      return notFound("migration", id, sentence);
    }
  },
});
