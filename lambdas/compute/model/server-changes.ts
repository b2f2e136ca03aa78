import type { Action } from "./lifecycle.ts";
import type { Server } from "./server.ts";

/** Fields that an action may change. */
export type ServerChanges = Partial<
  Omit<
    Server,
    | "id"
    | "project"
    | "motion"
    | "lock"
    | "tags"
    | "addresses"
    | "securityGroups"
    | "volumes"
    | "updated"
    | "booted"
    | "consoleEpoch"
  >
>;

export interface PlannedChange {
  readonly changes: ServerChanges;
  /** The failure variant, where it fails. */
  readonly action?: Action;
  /** Undoes reservations where the change is not made. */
  compensate?(): Promise<void>;
}

/** Plans the change for the current server, or throws a `Fault`. */
export type PlanChange = (server: Server) => Promise<PlannedChange>;
