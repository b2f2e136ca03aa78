import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import type { Records } from "../../ports/records.ts";
import { type Migration, statusAt } from "../model/migration.ts";
import type { Server } from "../model/server.ts";
import { migrations } from "../repositories/migrations.ts";

/**
 * null for another server's migration.
 * @calls GetItem
 */
export async function findMigration(
  records: Records,
  server: Pick<Server, "id">,
  number: string,
): Promise<Migration | null> {
  const migration = await records.get(migrations, number);
  return migration?.server === server.id ? migration : null;
}

interface MigrationViewOptions {
  readonly microversion: number;
  readonly now: Instant;
  readonly canSeeHosts: boolean;
}

/** Without memory statistics. */
export function liveMigrationView(
  one: Migration,
  { microversion, now, canSeeHosts }: MigrationViewOptions,
) {
  const { status, since } = statusAt(one, now);
  return {
    created_at: toIsoMicros(one.created),
    dest_compute: canSeeHosts ? one.destination : null,
    dest_host: null,
    dest_node: canSeeHosts ? one.destination : null,
    disk_processed_bytes: null,
    disk_remaining_bytes: null,
    disk_total_bytes: null,
    id: one.id,
    memory_processed_bytes: null,
    memory_remaining_bytes: null,
    memory_total_bytes: null,
    server_uuid: one.server,
    source_compute: canSeeHosts ? one.source : null,
    source_node: canSeeHosts ? one.source : null,
    status,
    updated_at: toIsoMicros(since),
    ...(microversion >= 59 && { uuid: one.uuid }),
    ...(microversion >= 80 && { project_id: one.project, user_id: one.user }),
  };
}
