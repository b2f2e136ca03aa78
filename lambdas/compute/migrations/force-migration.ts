import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { statusAt } from "../model/migration.ts";
import { applyMigration } from "../servers/migrate/begin-migration.ts";
import { finishMigration } from "./finish-migration.ts";
import { findMigration } from "./live-migration.ts";

const body = {
  type: "object",
  properties: { force_complete: { type: "null" } },
  required: ["force_complete"],
  additionalProperties: false,
} as const;

export const forceMigration = operation({
  id: "compute/force-migration",
  service: "compute",
  route: "POST /servers/{server_id}/migrations/{migration_id}/action",
  action: "force_complete",
  versions: { since: 22 },
  access: { rule: "os_compute_api:servers:migrations:force_complete", role: "manager" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const backend = environment.backend();
    const { now, path } = call;
    const id = path.migration_id;
    const { previous } = await applyMigration(
      call,
      environment,
      "forceLiveMigration",
      async (server) => {
        const migration = await findMigration(backend.records, server, id);
        // unknown is 400 here (nova/api/openstack/compute/server_migrations.py:104)
        if (!migration || !server.before)
          throw badRequest(`Migration ${id} not found for instance ${server.id}`);
        const { status } = statusAt(migration, now);
        if (status !== "running")
          throw badRequest(
            `Migration ${id} state of instance ${server.id} is ${status}. Cannot force complete while the migration is in this state.`,
          );
        return { changes: { before: { ...server.before, until: now } } };
      },
    );
    await finishMigration(backend.records, previous, "completed", now);
    return undefined;
  },
});
