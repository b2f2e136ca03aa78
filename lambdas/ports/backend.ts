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
  History,
  ListQuery,
  ServerMetadata,
  Servers,
  ServerTags,
  ServerVolumes,
} from "./servers.ts";

/** The storage that operations use. The database rooms implement it. */
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
  /** Returns the grant at `now`; null for an unknown or expired token. */
  find(token: string, now: Instant): Promise<ConsoleGrant | null>;
}

/** Console sessions. A console that received no input has no item. */
export interface ConsoleSessions {
  /**
   * Reads the server and its session. Throws `no-such`.
   * @calls BatchGetItem
   */
  getWithServer(
    project: string,
    id: string,
    now: Instant,
  ): Promise<{ readonly server: Server; readonly stored: StoredSession | null }>;
  /**
   * Replaces the session `was`, null for none; false after a concurrent change.
   * @calls PutItem
   */
  save(
    id: string,
    next: StoredSession,
    previous: StoredSession | null,
    now: Instant,
  ): Promise<boolean>;
  /**
   * Appends to the console's log; idempotent.
   * @calls PutItem
   */
  addLogLine(id: string, line: ConsoleLogLine, now: Instant): Promise<void>;
  /**
   * All input by time, limited to the log's end.
   * @calls Query
   */
  getLogLines(id: string): Promise<readonly ConsoleLogLine[]>;
}

/** Key pairs of each user. Names have at most 255 characters. */
export interface Keypairs {
  /** Throws `taken` for a name that the user has. */
  add(keypair: Keypair): Promise<void>;
  find(user: string, name: string): Promise<Keypair | null>;
  list(user: string): Promise<readonly Keypair[]>;
  /** Throws `no-such`. */
  remove(user: string, name: string): Promise<void>;
}

export interface Revocations {
  /**
   * Revokes every token with the key that was issued up to `through` (`revocationKeysOf`): one
   * token by its id, or those of a user, a project, ….
   */
  revoke(key: string, through: Instant): Promise<void>;
  /** True for a revoked token. Revocations by other processes apply after `revocationLag`. */
  isRevoked(token: Claims, now: Instant): Promise<boolean>;
}
