import type { AttachedVolume } from "../compute/model/attached-volume.ts";
import type { ActionRecord, InstanceAction, Requester } from "../compute/model/instance-action.ts";
import type { RequestedAction } from "../compute/model/lifecycle.ts";
import type { Resources } from "../compute/model/quota.ts";
import type { BootData, Lock, Metadata, Server, ServerUpdate } from "../compute/model/server.ts";
import type { PlanChange } from "../compute/model/server-changes.ts";
import type { SideAction } from "../compute/model/side-action.ts";
import type { Instant } from "../core/instant.ts";
import type { NetworkInfo } from "../network/model/network-info.ts";
import type { Port } from "../network/model/port.ts";

export type { ActionRecord as Noting } from "../compute/model/instance-action.ts";

export interface Servers {
  /**
   * Adds between `least` and `most` servers, as many as the quota leaves room for. Throws
   * `over-quota` when that is fewer than `least`.
   */
  create(request: CreateRequest): Promise<readonly Server[]>;
  /** Throws `no-such` for a server that is not there, is gone, or is another project's. */
  get(project: string, id: string, now: Instant): Promise<Server>;
  /** What came with its create or its last rebuild; nothing where nothing did. (GetItem) */
  getBootData(project: string, id: string): Promise<BootData>;
  /** Puts something else in its place. (PutItem) */
  putBootData(project: string, id: string, bootData: BootData): Promise<void>;
  /** The project a server belongs to, for those who may act on any; throws `no-such`. */
  getProjectId(id: string): Promise<string>;
  /** What the servers of a project use, as the quota counts it. */
  getUsage(project: string): Promise<Resources>;
  /** In the order asked for. Throws `malformed` for a marker that names no server. */
  list(query: ListQuery, now: Instant): Promise<readonly Server[]>;
  update(project: string, id: string, changes: ServerUpdate, now: Instant): Promise<Server>;
  /** Begins the action, or throws why not: `no-such`, `not-ready`, `wrong-state`, `never-launched`. */
  transition(
    project: string,
    id: string,
    action: Exclude<RequestedAction, "create" | "delete">,
    now: Instant,
    by: Requester,
  ): Promise<void>;
  /**
   * Begins an action that makes something else of the server, or throws why not. `remake` is asked
   * when nothing stands against the action, and anew where somebody was quicker; what it throws is
   * thrown. (GetItem, UpdateItem)
   */
  transitionWith(
    project: string,
    id: string,
    action: Exclude<RequestedAction, "create" | "delete">,
    now: Instant,
    by: Requester,
    plan: PlanChange,
  ): Promise<Server>;
  /** Takes more of the quota for what there is; throws `over-quota`. (UpdateItem) */
  reserveQuota(project: string, more: Resources, now: Instant, limits: Resources): Promise<void>;
  /** Gives it back. (UpdateItem) */
  releaseQuota(project: string, less: Resources, now: Instant): Promise<void>;
  /**
   * Begins the delete, gives back the quota and answers with what is being deleted; asked again while
   * deleting, does nothing.
   */
  remove(project: string, id: string, now: Instant, by: Requester): Promise<Server | null>;
  /**
   * Puts down how a server is on networks. `work` is asked again where somebody else put it down
   * meanwhile, so that what stands in the end was worked out after all that changed. What it is that
   * was done may be noted in the server's log. (GetItem, UpdateItem)
   */
  updateNetworkInfo(
    project: string,
    id: string,
    compute: () => Promise<NetworkInfo>,
    record?: ActionRecord,
  ): Promise<void>;
  /**
   * What was done to a server, the newest first, even when it is gone. Throws `no-such`. (GetItem, and
   * Query where there was much)
   */
  getHistory(project: string, id: string, now: Instant): Promise<History>;
  /**
   * Puts something in a server's log that does not move it, where the note says no conditions whatever
   * the server's state. Throws `no-such`, and what stands against it as `act` does. (UpdateItem, GetItem)
   */
  recordAction(
    project: string,
    id: string,
    action: SideAction,
    now: Instant,
    by: Requester,
  ): Promise<void>;
  /** An owner's lock of what is locked already does nothing. (UpdateItem, GetItem) */
  lock(project: string, id: string, lock: Lock, now: Instant, by: Requester): Promise<void>;
  /** Takes off a lock that is `whose`; false where it is another's. (UpdateItem, GetItem) */
  unlock(
    project: string,
    id: string,
    holder: Lock["by"] | "anybody's",
    now: Instant,
    by: Requester,
  ): Promise<boolean>;
}

export interface History {
  readonly server: Server;
  readonly actions: readonly InstanceAction[];
}

/**
 * Each answers with all there is then, and throws `no-such`, `conflict` for a server that is locked
 * (which is no hindrance for administrators: `overLock`), `wrong-state` and `denied`. (UpdateItem, GetItem)
 */
export interface ServerMetadata {
  /** Whatever else is written at the same time stays. */
  merge(
    project: string,
    id: string,
    items: Metadata,
    now: Instant,
    canOverrideLock: boolean,
  ): Promise<Metadata>;
  replace(
    project: string,
    id: string,
    items: Metadata,
    now: Instant,
    canOverrideLock: boolean,
  ): Promise<Metadata>;
  remove(
    project: string,
    id: string,
    key: string,
    now: Instant,
    canOverrideLock: boolean,
  ): Promise<Metadata>;
}

/** Each throws `no-such` and `wrong-state`. (UpdateItem, GetItem) */
export interface ServerTags {
  /** Whether it was not there before. Throws `malformed` where there are as many as there may be. */
  add(project: string, id: string, tag: string, now: Instant): Promise<boolean>;
  replace(project: string, id: string, tags: readonly string[], now: Instant): Promise<void>;
  remove(project: string, id: string, tag: string, now: Instant): Promise<void>;
  clear(project: string, id: string, now: Instant): Promise<void>;
}

export interface ServerVolumes {
  /**
   * Makes of the volumes on a server what `to` makes of them, which is asked anew where somebody was
   * quicker; what it throws is thrown. Throws `no-such`, `conflict` for a lock, `wrong-state`,
   * `never-launched`. (GetItem, UpdateItem)
   */
  change(
    project: string,
    id: string,
    record: ActionRecord,
    update: (server: Server) => readonly AttachedVolume[],
  ): Promise<Server>;
  /** Whether a volume goes with its server, whatever the server is at. (GetItem, UpdateItem) */
  setDeleteOnTermination(
    project: string,
    id: string,
    volume: string,
    deleteOnTermination: boolean,
    now: Instant,
  ): Promise<void>;
}

export interface CreateRequest {
  readonly project: string;
  /** What each server uses. */
  readonly perServer: Resources;
  readonly minCount: number;
  readonly maxCount: number;
  readonly now: Instant;
  readonly by: Requester;
  /** What the project may use, where it is not the usual quota. */
  readonly limits?: Resources;
  /** Makes the servers, once it is known how many. */
  build(count: number): Promise<BuiltServers>;
  /** Gives back what was taken for them, where they cannot be kept. */
  compensate(): Promise<void>;
  readonly bootData: BootData;
}

export interface BuiltServers {
  readonly servers: readonly Server[];
  /** Those made for the servers, kept with them or not at all. */
  readonly ports: readonly Port[];
}

export interface ListQuery {
  /** null for the servers of every project. */
  readonly project: string | null;
  readonly limit: number;
  readonly marker?: string;
  /** Newest first where it does not say. By age a page is one Query; any other order reads them all. */
  readonly order?: "newest" | "oldest" | ((one: Server, other: Server) => number);
  /** Whether servers that are gone are looked at too. */
  readonly includeDeleted: boolean;
  matches(server: Server): boolean;
}
