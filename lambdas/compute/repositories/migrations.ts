import type { Collection } from "../../ports/records.ts";
import type { Migration } from "../model/migration.ts";

/** By id. */
export const migrations: Collection<Migration> = { name: "MIGRATIONS" };
