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
   * Reserves quota for as many servers as it allows, up to `maxCount`, and returns their number.
   * Throws `over-quota` below `minCount`. Counts the servers again before it refuses.
   * @calls UpdateItem, GetItem, Query
   */
  reserveServers(project: string, perServer: Resources, request: ServerCount): Promise<number>;
  /**
   * Stores new servers with what belongs to them, or none of it.
   * @calls BatchWriteItem
   */
  insert(servers: readonly Server[], sideItems: NewServerItems): Promise<void>;
  /** Throws `no-such` for a missing or deleted server, and for one of another project. */
  get(project: string, id: string, now: Instant): Promise<Server>;
  /**
   * Boot data of the create or the last rebuild; empty where there is none.
   * @calls GetItem
   */
  getBootData(project: string, id: string): Promise<BootData>;
  /**
   * Replaces the boot data.
   * @calls PutItem
   */
  putBootData(project: string, id: string, bootData: BootData): Promise<void>;
  /** Finds a server's project, for callers with access to all. Throws `no-such`. */
  getProjectId(id: string): Promise<string>;
  /** Resources that the project's servers use, as the quota counts them. */
  getUsage(project: string): Promise<Resources>;
  /** In the requested order. Throws `malformed` for a marker that is no server. */
  list(query: ListQuery, now: Instant): Promise<readonly Server[]>;
  update(project: string, id: string, changes: ServerUpdate, now: Instant): Promise<Server>;
  /** Begins an action. Throws `no-such`, `not-ready`, `wrong-state` or `never-launched`. */
  transition(
    project: string,
    id: string,
    action: Exclude<RequestedAction, "create" | "delete">,
    now: Instant,
    by: Requester,
  ): Promise<void>;
  /**
   * Begins an action that changes the server otherwise too. `plan` runs after the preconditions,
   * and again after a lost race; what it throws is rethrown. Throws as `transition`.
   * @calls GetItem, UpdateItem
   */
  transitionWith(
    project: string,
    id: string,
    action: Exclude<RequestedAction, "create" | "delete">,
    now: Instant,
    by: Requester,
    plan: PlanChange,
  ): Promise<Server>;
  /**
   * Reserves more quota. Throws `over-quota`.
   * @calls UpdateItem
   */
  reserveQuota(project: string, more: Resources, now: Instant, limits: Resources): Promise<void>;
  /** @calls UpdateItem */
  releaseQuota(project: string, less: Resources, now: Instant): Promise<void>;
  /**
   * Begins the delete, releases the quota and returns the server. Idempotent: null while it is
   * being deleted.
   */
  remove(project: string, id: string, now: Instant, by: Requester): Promise<Server | null>;
  /**
   * Replaces the cached network info. `compute` runs again after a lost race, so the stored value
   * reflects the latest ports. May add a line to the instance action log.
   * @calls GetItem, UpdateItem
   */
  updateNetworkInfo(
    project: string,
    id: string,
    compute: () => Promise<NetworkInfo>,
    record?: ActionRecord,
  ): Promise<void>;
  /**
   * Instance actions, newest first, also of a deleted server. Throws `no-such`.
   * @calls GetItem, Query
   */
  getHistory(project: string, id: string, now: Instant): Promise<History>;
  /**
   * Adds a line to the instance action log without a transition. Throws `no-such`, and as
   * `transition` where the action has preconditions.
   * @calls UpdateItem, GetItem
   */
  recordAction(
    project: string,
    id: string,
    action: SideAction,
    now: Instant,
    by: Requester,
  ): Promise<void>;
  /**
   * Idempotent: an owner's lock of a locked server keeps the first lock.
   * @calls UpdateItem, GetItem
   */
  lock(project: string, id: string, lock: Lock, now: Instant, by: Requester): Promise<void>;
  /**
   * Removes a lock of `whose`; false for another's lock.
   * @calls UpdateItem, GetItem
   */
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
 * Each returns all metadata. Throws `no-such`, `conflict` for a locked server unless `overLock`,
 * `wrong-state` and `denied`.
 * @calls UpdateItem, GetItem
 */
export interface ServerMetadata {
  /** Keeps items that concurrent requests write. */
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

/**
 * Each throws `no-such` and `wrong-state`.
 * @calls UpdateItem, GetItem
 */
export interface ServerTags {
  /** Returns whether the tag is new. Throws `malformed` at the limit. */
  add(project: string, id: string, tag: string, now: Instant): Promise<boolean>;
  replace(project: string, id: string, tags: readonly string[], now: Instant): Promise<void>;
  remove(project: string, id: string, tag: string, now: Instant): Promise<void>;
  clear(project: string, id: string, now: Instant): Promise<void>;
}

export interface ServerVolumes {
  /**
   * Replaces the server's volumes by what `to` returns, called again after a lost race. Throws
   * `no-such`, `conflict` for a lock, `wrong-state`, `never-launched`.
   * @calls GetItem, UpdateItem
   */
  change(
    project: string,
    id: string,
    record: ActionRecord,
    update: (server: Server) => readonly AttachedVolume[],
  ): Promise<Server>;
  /**
   * Sets delete_on_termination of a volume, in any state.
   * @calls GetItem, UpdateItem
   */
  setDeleteOnTermination(
    project: string,
    id: string,
    volume: string,
    deleteOnTermination: boolean,
    now: Instant,
  ): Promise<void>;
}

export interface ServerCount {
  readonly minCount: number;
  readonly maxCount: number;
  readonly now: Instant;
  /** The project's limits, where they are not the defaults. */
  readonly limits?: Resources;
}

export interface NewServerItems {
  /** Ports created for the servers. */
  readonly ports: readonly Port[];
  readonly bootData: BootData;
  readonly by: Requester;
}

export interface ListQuery {
  /** null for all projects. */
  readonly project: string | null;
  readonly limit: number;
  readonly marker?: string;
  /** Default: newest first. Orders by age cost one Query per page; others read all servers. */
  readonly order?: "newest" | "oldest" | ((one: Server, other: Server) => number);
  readonly includeDeleted: boolean;
  matches(server: Server): boolean;
}
