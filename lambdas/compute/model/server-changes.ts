import type { Action } from "./lifecycle.ts";
import type { Server } from "./server.ts";

/** What an action may make of a server, besides its state. */
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
  /** The action that it turns out to be, where that is another: one that fails. */
  readonly action?: Action;
  /** Gives back what was taken for it, where it does not come to it. */
  compensate?(): Promise<void>;
}

/** Says what becomes of a server, as it stands; throws what stands against that. */
export type PlanChange = (server: Server) => Promise<PlannedChange>;
