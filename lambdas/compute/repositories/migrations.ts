import type { Shelf } from "../../ports/records.ts";
import type { Migration } from "../model/migration.ts";

/** By their numbers. */
export const migrations: Shelf<Migration> = { name: "MIGRATIONS" };
