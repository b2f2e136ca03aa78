import type { ConsoleGrant } from "../compute/model/console-grant.ts";
import type { ConsoleLogLine } from "../compute/model/guest-boot-log.ts";
import type { Keypair } from "../compute/model/keypair.ts";
import type { Server } from "../compute/model/server.ts";
import type { StoredSession } from "../console/model/console-session.ts";
import type { Instant } from "../core/instant.ts";
import type { Claims } from "../identity/model/identity.ts";
import type { Records } from "./records.ts";
import type { ServerMetadata, Servers, ServerTags, ServerVolumes } from "./servers.ts";

export type {
  BuiltServers as Made,
  CreateRequest as CreateOrder,
  History,
  ListQuery,
  ServerMetadata,
  Servers,
  ServerTags,
  ServerVolumes,
} from "./servers.ts";

/** What the operations stand on. The store is one implementation; they know no other. */
export interface Backend {
  readonly servers: Servers;
  readonly serverMetadata: ServerMetadata;
  readonly serverTags: ServerTags;
  readonly serverVolumes: ServerVolumes;
  readonly consoleGrants: ConsoleGrants;
  readonly consoleSessions: ConsoleSessions;
  readonly keypairs: Keypairs;
  readonly revocations: Revocations;
  readonly records: Records;
}

export interface ConsoleGrants {
  add(token: string, grant: ConsoleGrant): Promise<void>;
  /** What the token opens at `now`, or null: never issued, or run out. */
  find(token: string, now: Instant): Promise<ConsoleGrant | null>;
}

/** The consoles that are, or were, in use; one that nobody typed at is nowhere. */
export interface ConsoleSessions {
  /** The server and its console's room. Throws `no-such` as `Servers.get` does. (BatchGetItem) */
  getWithServer(
    project: string,
    id: string,
    now: Instant,
  ): Promise<{ readonly server: Server; readonly stored: StoredSession | null }>;
  /** False where the room is no longer the one that it was made of; null: none. (PutItem) */
  save(
    id: string,
    next: StoredSession,
    previous: StoredSession | null,
    now: Instant,
  ): Promise<boolean>;
  /** Adds to the console's log. The same line again does nothing. (PutItem) */
  addLogLine(id: string, line: ConsoleLogLine, now: Instant): Promise<void>;
  /** All that was typed, by when; of more than a log has room for, its end. (Query) */
  getLogLines(id: string): Promise<readonly ConsoleLogLine[]>;
}

/** Each user's own; a name is at most 255 characters. */
export interface Keypairs {
  /** Throws `taken` for a name the user has already. */
  add(keypair: Keypair): Promise<void>;
  find(user: string, name: string): Promise<Keypair | null>;
  list(user: string): Promise<readonly Keypair[]>;
  /** Throws `no-such`. */
  remove(user: string, name: string): Promise<void>;
}

export interface Revocations {
  /**
   * Ends every token with the mark that was issued up to `through`: one by its id, or all of a user's,
   * a project's, … (`marksOf`).
   */
  revoke(key: string, through: Instant): Promise<void>;
  /** Whether the token was revoked here, or elsewhere longer ago than `revocationLag`. */
  isRevoked(token: Claims, now: Instant): Promise<boolean>;
}
