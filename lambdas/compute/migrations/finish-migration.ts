import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { type MigrationEnd, markCancelled } from "../model/migration.ts";
import type { Server } from "../model/server.ts";
import { migrations } from "../repositories/migrations.ts";

type MigratedServer = Pick<Server, "before">;

/** Says of the migration that led a server where it is what was made of it. (GetItem, PutItem) */
export async function finishMigration(
  records: Records,
  { before }: MigratedServer,
  ended: MigrationEnd,
): Promise<void> {
  if (before)
    await records.change(migrations, String(before.migration), (was) => ({ ...was, ended }));
}

/** A server that is deleted goes nowhere any more. (GetItem, PutItem) */
export async function cancelMigration(
  records: Records,
  { before }: MigratedServer,
  now: Instant,
): Promise<void> {
  if (before)
    await records.change(migrations, String(before.migration), (was) => markCancelled(was, now));
}
