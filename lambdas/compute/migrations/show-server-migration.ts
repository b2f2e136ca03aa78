import { noSuch } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isInProgress } from "../model/migration.ts";
import { serverOf } from "../servers/find-server.ts";
import { liveMigrationView, migrationOf } from "./live-migration.ts";

/** Live ones alone, and while they are under way (nova/api/openstack/compute/server_migrations.py:148). */
export const showServerMigration = operation({
  id: "compute/show-server-migration",
  service: "compute",
  route: "GET /servers/{server_id}/migrations/{migration_id}",
  versions: { since: 23 },
  access: { rule: "os_compute_api:servers:migrations:show", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers, records } = world.backend();
    const { microversion, now, path } = call;
    const server = await serverOf(call, servers);
    const id = path.migration_id;
    const migration = await migrationOf(records, server, id);
    if (!migration)
      throw missing(`In-progress live migration ${id} is not found for server ${server.id}.`);
    if (migration.type !== "live-migration")
      throw missing(`Migration ${id} for server ${server.id} is not live-migration.`);
    if (!isInProgress(migration, now))
      throw missing(`Live migration ${id} for server ${server.id} is not in progress.`);
    return { migration: liveMigrationView(migration, { microversion, now, hosts: true }) };

    function missing(sentence: string) {
      return noSuch("migration", id, sentence);
    }
  },
});
