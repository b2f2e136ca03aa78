import type { ConsoleGrant } from "./console.ts";
import type { Claims } from "./identity.ts";
import type { Keypair } from "./keypair.ts";
import type { Action, Instant } from "./lifecycle.ts";
import type { Resources } from "./quota.ts";
import type { BootData, Renaming, Server } from "./server.ts";

/** What the operations stand on. The store is one implementation; they know no other. */
export interface Backend {
  readonly servers: Servers;
  readonly consoles: Consoles;
  readonly keypairs: Keypairs;
  readonly revocations: Revocations;
  readonly records: Records;
}

export interface Servers {
  /**
   * Adds between `least` and `most` servers, as many as the quota leaves room for. Throws
   * `over-quota` when that is fewer than `least`.
   */
  create(order: CreateOrder): Promise<readonly Server[]>;
  /** Throws `no-such` for a server that is not there, is gone, or is another project's. */
  get(project: string, id: string, now: Instant): Promise<Server>;
  /** The project a server belongs to, for those who may act on any; throws `no-such`. */
  projectOf(id: string): Promise<string>;
  /** Newest first. Throws `malformed` for a marker that names no server. */
  list(query: ListQuery, now: Instant): Promise<readonly Server[]>;
  rename(project: string, id: string, to: Renaming, now: Instant): Promise<Server>;
  /** Begins the action, or throws why not: `no-such`, `not-ready`, `wrong-state`. */
  act(
    project: string,
    id: string,
    action: Exclude<Action, "create" | "delete">,
    now: Instant,
  ): Promise<void>;
  /** Begins the delete and gives back the quota; asked again while deleting, does nothing. */
  remove(project: string, id: string, now: Instant): Promise<void>;
}

export interface CreateOrder {
  readonly project: string;
  /** What each server uses. */
  readonly each: Resources;
  readonly least: number;
  readonly most: number;
  readonly now: Instant;
  /** Makes the servers, once it is known how many. */
  make(count: number): readonly Server[];
  readonly boot: BootData;
}

export interface ListQuery {
  /** null for the servers of every project. */
  readonly project: string | null;
  readonly limit: number;
  readonly marker?: string;
  /** Whether servers that are gone are looked at too. */
  readonly gone: boolean;
  keep(server: Server): boolean;
}

export interface Consoles {
  grant(token: string, grant: ConsoleGrant): Promise<void>;
  /** What the token opens at `now`, or null: never issued, or run out. */
  find(token: string, now: Instant): Promise<ConsoleGrant | null>;
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
  revoke(mark: string, through: Instant): Promise<void>;
  /** Whether the token was revoked here, or elsewhere longer ago than `revocationLag`. */
  includes(token: Claims, now: Instant): Promise<boolean>;
}

/** Where the records of one kind are kept together, and perhaps of one owner: `FLAVORS`, `PORTS#<project>`. */
export interface Shelf<Record> {
  readonly name: string;
  /** For the type alone: nothing is ever there. */
  readonly holds?: Record;
}

/**
 * What has no hot path of its own is kept whole, under an id on a shelf. In brackets what each asks of
 * DynamoDB.
 */
export interface Records {
  /** (GetItem) */
  get<R>(shelf: Shelf<R>, id: string): Promise<R | null>;
  /** In the order of their ids. (Query) */
  all<R>(shelf: Shelf<R>): Promise<R[]>;
  /** False where one of that id is there already. (PutItem) */
  add<R>(shelf: Shelf<R>, id: string, record: R): Promise<boolean>;
  /** Whatever was there before. (PutItem) */
  put<R>(shelf: Shelf<R>, id: string, record: R): Promise<void>;
  /**
   * Puts what `to` makes of the one that is there, as if nobody else were at it: where somebody was,
   * `to` is asked again. null where there is none; what `to` throws is thrown. (GetItem, PutItem)
   */
  change<R>(shelf: Shelf<R>, id: string, to: (was: R) => R): Promise<R | null>;
  /** What was there. (DeleteItem) */
  remove<R>(shelf: Shelf<R>, id: string): Promise<R | null>;
}
