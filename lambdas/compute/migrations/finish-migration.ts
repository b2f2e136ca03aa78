import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { type MigrationEnd, markCancelled } from "../model/migration.ts";
import type { Server } from "../model/server.ts";
import { migrations } from "../repositories/migrations.ts";

type MigratedServer = Pick<Server, "before">;

/** @calls GetItem, PutItem */
export async function finishMigration(
  records: Records,
  { before }: MigratedServer,
  outcome: MigrationEnd["as"],
  now: Instant,
  endsAt: Instant = now,
): Promise<void> {
  const ended: MigrationEnd = { as: outcome, asked: now, at: endsAt };
  if (before)
    await records.change(migrations, String(before.migration), (was) => ({ ...was, ended }));
}

/** @calls GetItem, PutItem */
export async function cancelMigration(
  records: Records,
  { before }: MigratedServer,
  now: Instant,
): Promise<void> {
  if (before)
    await records.change(migrations, String(before.migration), (was) => markCancelled(was, now));
}
